package secateur.gguf;

import java.nio.ByteBuffer;

/**
 * Q2_K, Q4_K and Q5_K: sub-blocks of a superblock have a scale and a minimum, which are quantized in turn; the weight is
 * d·s·q - dmin·m.
 */
final class AffineK implements Codec {

  private final Layout layout;
  private final int top;
  private final OffsetFit fit;
  private final Fit fitOfScales;
  private final Weighting weighting;
  private final Superblock stored;
  private final int size;
  private final float[] x;
  private final float[] w;
  private final int[] codes;
  private final float[] scales;
  private final float[] minima;
  private final float[] weights;

  /** Fits of a sub-block's weights, and of a superblock's scales as of its minima. */
  AffineK(Layout layout, OffsetFit fit, Fit fitOfScales, Weighting weighting) {
    this.layout = layout;
    top = (1 << layout.bits()) - 1;
    this.fit = fit;
    this.fitOfScales = fitOfScales;
    this.weighting = weighting;
    stored = layout.superblock();
    size = Superblock.SIZE / stored.parts();
    x = new float[size];
    w = new float[size];
    codes = new int[size];
    scales = new float[stored.parts()];
    minima = new float[stored.parts()];
    weights = new float[stored.parts()];
  }

  @Override
  public void encode(Block block, ByteBuffer out) {
    for (int j = 0; j < stored.parts(); j++) {
      fit(block, j);
    }
    stored.d = Half.finite(fitOfScales.scale(scales, weights, stored.scale));
    stored.dmin = Half.finite(fitOfScales.scale(minima, weights, stored.min));
    for (int j = 0; j < stored.parts(); j++) {
      code(block, j);
    }
    layout.write(stored, out);
  }

  private void fit(Block block, int j) {
    System.arraycopy(block.x, j * size, x, 0, size);
    weighting.weigh(block, j * size, w);
    scales[j] = Codes.finite(fit.scale(x, w, codes));
    minima[j] = -fit.offset();
    weights[j] = sum(w);
    System.arraycopy(codes, 0, stored.code, j * size, size);
  }

  private static float sum(float[] w) {
    float sum = 0;
    for (float each : w) {
      sum += each;
    }
    return sum;
  }

  /** Codes for the scale and minimum as stored; where that scale is zero, those of the fit stay. */
  private void code(Block block, int j) {
    float d = Half.toFloat(stored.d) * stored.scale[j];
    float m = Half.toFloat(stored.dmin) * stored.min[j];
    for (int i = j * size; d != 0 && i < (j + 1) * size; i++) {
      stored.code[i] = Codes.nearest((block.x[i] + m) / d, 0, top);
    }
  }

  @Override
  public void decode(ByteBuffer in, float[] y, int at) {
    layout.read(in, stored);
    for (int j = 0; j < stored.parts(); j++) {
      float d = Half.toFloat(stored.d) * stored.scale[j];
      float m = Half.toFloat(stored.dmin) * stored.min[j];
      for (int i = j * size; i < (j + 1) * size; i++) {
        y[at + i] = d * stored.code[i] - m;
      }
    }
  }
}
