package secateur.gguf;

import java.nio.ByteBuffer;

/** F16. */
final class HalfPrecision implements Codec {

  @Override
  public void encode(Block block, ByteBuffer out) {
    out.putShort(Half.finite(block.x[0]));
  }

  @Override
  public void decode(ByteBuffer in, float[] y, int at) {
    y[at] = Half.toFloat(in.getShort());
  }
}
