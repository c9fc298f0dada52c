package secateur.gguf;

import java.nio.ByteBuffer;

/** Q8_0: the scale d as a half, then 32 codes q from -127 to 127; the weight is q·d. */
final class Q8 implements Codec {

  private static final int SIZE = 32;

  @Override
  public void encode(Block block, ByteBuffer out) {
    float d = Math.abs(Codes.peak(block.x)) / 127;
    float inverse = Codes.inverse(d);
    out.putShort(Half.finite(d));
    for (float x : block.x) {
      out.put((byte) Codes.halfAway(x * inverse));
    }
  }

  @Override
  public void decode(ByteBuffer in, float[] y, int at) {
    float d = Half.toFloat(in.getShort());
    for (int i = at; i < at + SIZE; i++) {
      y[i] = in.get() * d;
    }
  }
}
