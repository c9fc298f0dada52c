package secateur.gguf;

import java.nio.ByteBuffer;

/** Q3_K and Q6_K: sub-blocks of 16 weights have a scale with a sign, which is quantized in turn; the weight is d·s·(q - m). */
final class SymmetricK implements Codec {

  private static final int SIZE = 16;
  private static final int PARTS = Superblock.SIZE / SIZE;

  private final Layout layout;
  private final int m;
  private final Fit fit;
  private final Fit fitOfScales;
  private final Weighting weighting;
  private final float smallest;
  private final Superblock stored;
  private final float[] x = new float[SIZE];
  private final float[] w = new float[SIZE];
  private final int[] codes = new int[SIZE];
  private final float[] scales = new float[PARTS];
  private final float[] weights = new float[PARTS];

  /**
   * Fits of a sub-block's weights, and of a superblock's scales.
   *
   * @param smallest a superblock whose scales are all below this is stored as zero bytes
   */
  SymmetricK(Layout layout, Fit fit, Fit fitOfScales, Weighting weighting, float smallest) {
    this.layout = layout;
    m = 1 << layout.bits() - 1;
    this.fit = fit;
    this.fitOfScales = fitOfScales;
    this.weighting = weighting;
    this.smallest = smallest;
    stored = layout.superblock();
  }

  @Override
  public void encode(Block block, ByteBuffer out) {
    for (int j = 0; j < PARTS; j++) {
      fit(block, j);
    }
    if (Math.abs(Codes.peak(scales)) < smallest) {
      stored.clear();
    } else {
      stored.d = Half.finite(fitOfScales.scale(scales, weights, stored.scale));
      for (int j = 0; j < PARTS; j++) {
        code(block, j);
      }
    }
    layout.write(stored, out);
  }

  private void fit(Block block, int j) {
    System.arraycopy(block.x, j * SIZE, x, 0, SIZE);
    weighting.weigh(block, j * SIZE, w);
    scales[j] = Codes.finite(fit.scale(x, w, codes));
    weights[j] = 0;
    for (int i = 0; i < SIZE; i++) {
      weights[j] += w[i];
      stored.code[j * SIZE + i] = codes[i] + m;
    }
  }

  /** Codes for the scale as stored; where that is zero, those of the fit stay. */
  private void code(Block block, int j) {
    float d = Half.toFloat(stored.d) * stored.scale[j];
    for (int i = j * SIZE; d != 0 && i < (j + 1) * SIZE; i++) {
      stored.code[i] = Codes.nearest(block.x[i] / d, -m, m - 1) + m;
    }
  }

  @Override
  public void decode(ByteBuffer in, float[] y, int at) {
    layout.read(in, stored);
    for (int j = 0; j < PARTS; j++) {
      float d = Half.toFloat(stored.d) * stored.scale[j];
      for (int i = j * SIZE; i < (j + 1) * SIZE; i++) {
        y[at + i] = d * (stored.code[i] - m);
      }
    }
  }
}
