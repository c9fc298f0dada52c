package secateur.measure;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import secateur.model.Linear;
import secateur.tensor.Codebooks;
import secateur.tensor.Scope;

/**
 * How a layer's weights lie among some levels from -1 to 1, each divided by the largest magnitude of its block of 64
 * (Dettmers et al., arXiv 2305.14314).
 *
 * @param places where equal bins begin, one around 0 and one around each of -1 and 1 among them
 * @param density share of the weights for each unit, by bin
 * @param levels ascending
 * @param shares share of the weights that are nearest to each level
 */
public record OnLevels(double[] places, double[] density, double[] levels, double[] shares) {

  private static final int BLOCK = 64;
  private static final int HALF = 60; // bins from 0 to 1
  private static final int BINS = 2 * HALF + 3; // and an empty one at either end

  /** The weights of {@code layer} among {@code levels}, in any order. */
  public static OnLevels of(Linear layer, float[] levels) {
    float[] ascending = levels.clone();
    Arrays.sort(ascending);
    double[] shares = new double[ascending.length];
    double[] density = new double[BINS];
    try (Scope scope = new Scope()) {
      NDArray weight = layer.weight();
      NDArray absmax = Codebooks.absmax(weight, BLOCK);
      float[] peaks = absmax.toFloatArray();
      float[] w = weight.toFloatArray();
      for (int code : Codebooks.quantize(weight, absmax, ascending, BLOCK).toUint8Array()) {
        shares[code] += 1.0 / w.length;
      }
      for (int i = 0; i < w.length; i++) {
        double place = peaks[i / BLOCK] == 0 ? 0 : w[i] / peaks[i / BLOCK];
        density[BINS / 2 + (int) Math.rint(place * HALF)] += (double) HALF / w.length;
      }
    }
    double[] places = new double[BINS];
    Arrays.setAll(places, bin -> (bin - BINS / 2.0) / HALF);
    double[] numbers = new double[ascending.length];
    Arrays.setAll(numbers, i -> ascending[i]);
    return new OnLevels(places, density, numbers, shares);
  }
}
