package secateur.gguf;

import java.nio.ByteBuffer;

/** F32. */
final class Single implements Codec {

  @Override
  public void encode(Block block, ByteBuffer out) {
    out.putFloat(block.x[0]);
  }

  @Override
  public void decode(ByteBuffer in, float[] y, int at) {
    y[at] = in.getFloat();
  }
}
