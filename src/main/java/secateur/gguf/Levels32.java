package secateur.gguf;

import java.nio.ByteBuffer;
import java.util.List;

/** IQ4_NL: the scale d as a half, then 32 codes of 16 levels that lie closer around zero; the weight is d·level. */
final class Levels32 implements Codec {

  private static final int SIZE = 32;
  private static final List<Field> FIELDS = List.of(new Field(0, 4, 16));

  private final Weighting weighting;
  private final LevelFit fit = new LevelFit();
  private final float[] w = new float[SIZE];
  private final int[] codes = new int[SIZE];

  Levels32(Weighting weighting) {
    this.weighting = weighting;
  }

  @Override
  public void encode(Block block, ByteBuffer out) {
    weighting.weigh(block, 0, w);
    out.putShort(Half.finite(fit.scale(block.x, w, codes)));
    Field.write(FIELDS, codes, out);
  }

  @Override
  public void decode(ByteBuffer in, float[] y, int at) {
    float d = Half.toFloat(in.getShort());
    Field.read(FIELDS, in, codes);
    for (int i = 0; i < SIZE; i++) {
      y[at + i] = d * LevelFit.level(codes[i]);
    }
  }
}
