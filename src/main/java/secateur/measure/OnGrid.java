package secateur.measure;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.util.Arrays;
import secateur.model.Linear;
import secateur.model.Quantized;
import secateur.tensor.Scope;
import secateur.tensor.Select;
import secateur.tensor.Stats;

/**
 * Where a layer's weights lay on the grid that they were rounded to, in steps of the grid of each row or group: w / scale + zero,
 * so that codes are whole numbers.
 *
 * @param bits of a code
 * @param places the middles of eight bins for each code, and of one code beyond on either side
 * @param density share of the weights before rounding, for each step, by bin
 * @param codes share of the weights that have each code
 */
public record OnGrid(int bits, double[] places, double[] density, double[] codes) {

  private static final int BINS = 8;

  /** The weights of {@code before} on the grid of {@code after}, which was made of it. */
  public static OnGrid of(Linear before, Quantized after) {
    int bits = after.codes().bits();
    int count = 1 << bits;
    double centre = (count - 1) / 2.0;
    try (Scope scope = new Scope()) {
      NDArray places = places(before.weight(), after).sub(centre);
      NDArray codes = after.codes().codes().toType(DataType.FLOAT32, false).sub(centre);
      double[] density = shares(places, BINS * (count + 2), (count + 2) / 2.0, before.size());
      double[] middles = new double[density.length];
      Arrays.setAll(middles, bin -> (bin + 0.5) / BINS - 1.5);
      return new OnGrid(bits, middles, Arrays.stream(density).map(share -> share * BINS).toArray(),
          shares(codes, count, count / 2.0, before.size()));
    }
  }

  /** (out, in). */
  private static NDArray places(NDArray weight, Quantized after) {
    NDArray scale = after.scale().toType(DataType.FLOAT32, false);
    NDArray zero = after.zero().toType(DataType.FLOAT32, false);
    if (after.groups() != null) {
      return weight.div(Select.columns(scale, after.groups())).add(Select.columns(zero, after.groups()));
    }
    long rows = scale.getShape().get(0);
    long groups = scale.getShape().get(1);
    return weight.reshape(rows, groups, -1).div(scale.reshape(rows, groups, 1)).add(zero.reshape(rows, groups, 1));
  }

  private static double[] shares(NDArray values, int bins, double reach, long all) {
    float[] counts = Stats.histogram(values, bins, reach).toFloatArray();
    double[] shares = new double[bins];
    Arrays.setAll(shares, i -> counts[i] / all);
    return shares;
  }
}
