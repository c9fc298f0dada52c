package secateur.gguf;

import java.nio.ByteBuffer;
import java.util.List;

/** Q4_0 and Q5_0: the scale d as a half, then 32 codes q from 0 to 2m - 1; the weight is (q - m)·d. */
final class Symmetric32 implements Codec {

  private static final int SIZE = 32;

  private final int m;
  private final Fit fit;
  private final Weighting weighting;
  private final List<Field> fields;
  private final float[] w = new float[SIZE];
  private final int[] codes = new int[SIZE];

  /** Codes in {@code fields}. */
  Symmetric32(Fit fit, Weighting weighting, Field... fields) {
    this.fit = fit;
    this.weighting = weighting;
    this.fields = List.of(fields);
    m = 1 << Field.bits(this.fields) - 1;
  }

  @Override
  public void encode(Block block, ByteBuffer out) {
    weighting.weigh(block, 0, w);
    out.putShort(Half.finite(fit.scale(block.x, w, codes)));
    for (int i = 0; i < SIZE; i++) {
      codes[i] += m;
    }
    Field.write(fields, codes, out);
  }

  @Override
  public void decode(ByteBuffer in, float[] y, int at) {
    float d = Half.toFloat(in.getShort());
    Field.read(fields, in, codes);
    for (int i = 0; i < SIZE; i++) {
      y[at + i] = (codes[i] - m) * d;
    }
  }
}
