package secateur.gguf;

import java.nio.ByteBuffer;
import java.util.List;

/** Q4_1 and Q5_1: the scale d and the minimum m as halves, then 32 codes q; the weight is q·d + m. */
final class Affine32 implements Codec {

  private static final int SIZE = 32;

  private final OffsetFit fit;
  private final Weighting weighting;
  private final List<Field> fields;
  private final float[] w = new float[SIZE];
  private final int[] codes = new int[SIZE];

  /** Codes in {@code fields}. */
  Affine32(OffsetFit fit, Weighting weighting, Field... fields) {
    this.fit = fit;
    this.weighting = weighting;
    this.fields = List.of(fields);
  }

  @Override
  public void encode(Block block, ByteBuffer out) {
    weighting.weigh(block, 0, w);
    out.putShort(Half.finite(fit.scale(block.x, w, codes)));
    out.putShort(Half.finite(fit.offset()));
    Field.write(fields, codes, out);
  }

  @Override
  public void decode(ByteBuffer in, float[] y, int at) {
    float d = Half.toFloat(in.getShort());
    float m = Half.toFloat(in.getShort());
    Field.read(fields, in, codes);
    for (int i = 0; i < SIZE; i++) {
      y[at + i] = codes[i] * d + m;
    }
  }
}
