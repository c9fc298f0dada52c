package secateur.method;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import secateur.model.Linear;
import secateur.model.Quantized;
import secateur.tensor.Bits;
import secateur.tensor.Columns;

/**
 * A uniform grid of 2^bits codes for each row, or for each group of inputs of a row; 0 lies on it, so zeros stay zeros.
 *
 * @param bits 2 to 8
 * @param size inputs of a group, 0 for the whole row
 * @param centred whether the zero is fixed in the middle, at 2^(bits - 1)
 * @param range from where to where it goes
 */
public record Grid(int bits, int size, boolean centred, Range range) {

  /** From where to where a grid goes. */
  public enum Range {
    /** From the smallest to the largest weight. */
    MIN_MAX,
    /** That, shrunk in steps of a hundredth down to 0.21 of itself, where sum |w - Q(w)|^2.4 is smallest (as GPTQ's quantizer). */
    LEAST_ERROR
  }

  public Grid {
    if (bits < 2 || bits > 8) {
      throw new IllegalArgumentException("bits is " + bits + ", it must lie between 2 and 8");
    }
    if (size < 0) {
      throw new IllegalArgumentException("group is " + size + " inputs, it must be positive (or 0 for whole rows)");
    }
  }

  /** A grid for each row, with a zero wherever it falls. */
  public Grid(int bits) {
    this(bits, 0, false, Range.MIN_MAX);
  }

  /** The same bits, for groups of {@code inputs}. */
  public Grid group(int inputs) {
    return new Grid(bits, inputs, centred, range);
  }

  /** The same grid with its zero in the middle. */
  public Grid symmetric() {
    return new Grid(bits, size, true, range);
  }

  /** The same grid with its range searched for the smallest error. */
  public Grid mse() {
    return new Grid(bits, size, centred, Range.LEAST_ERROR);
  }

  /** How many groups a row of {@code columns} inputs has; an error where they do not divide. */
  public int groups(long columns) {
    if (size == 0) {
      return 1;
    }
    if (columns % size != 0) {
      throw new IllegalArgumentException("groups of " + size + " do not divide the " + columns + " inputs of a row");
    }
    return (int) (columns / size);
  }

  /** The codes, with scales rounded to what {@code layer} is stored as. */
  public Columns.Codes codes(Linear layer) {
    return new Columns.Codes((1 << bits) - 1, centred, layer.stored(), range == Range.LEAST_ERROR);
  }

  /** {@code weight} (out, in) rounded to the nearest codes, as a layer like {@code layer}. */
  public Quantized round(Linear layer, NDArray weight) {
    Columns.Fit fit = Columns.fit(weight, groups(weight.getShape().get(1)), codes(layer));
    return pack(layer, weight, fit, null);
  }

  /** {@code weight} (out, in) as {@link #round} makes it, but not packed: float32. */
  public NDArray rounded(Linear layer, NDArray weight) {
    Columns.Fit fit = Columns.fit(weight, groups(weight.getShape().get(1)), codes(layer));
    NDArray zero = fit.zero().toType(DataType.UINT8, false);
    return Bits.dequantize(Bits.quantize(weight, fit.scale(), zero, null, bits), fit.scale(), zero, null);
  }

  /** {@code weight} (out, in) on the grid {@code fit} (out, G), with the {@code groups} of its columns if they are not in order. */
  public Quantized pack(Linear layer, NDArray weight, Columns.Fit fit, NDArray groups) {
    NDArray scale = fit.scale().toType(layer.stored(), false);
    NDArray zero = fit.zero().toType(DataType.UINT8, false);
    NDArray codes = Bits.quantize(weight, scale, zero, groups, bits);
    return new Quantized(Quantized.Packed.of(codes, bits), scale, zero, groups, layer.bias()).fastest();
  }

  @Override
  public String toString() {
    return bits + "-bit" + (size == 0 ? "" : " g" + size) + (centred ? " symmetric" : "")
        + (range == Range.LEAST_ERROR ? " MSE" : "");
  }
}
