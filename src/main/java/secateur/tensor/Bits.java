package secateur.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.util.ArrayList;
import java.util.List;

/**
 * Codes of 2 to 8 bits, packed without waste. A code is cut into planes of 4, 2 and 1 bits (3 = 2 + 1), and a plane of
 * w bits holds 8/w codes in a byte, the first in the lowest bits. Sources in {@code bits.py}.
 */
public final class Bits {

  private static final Script BITS = Script.of("bits");

  private Bits() {}

  /** The widths of the planes of {@code bits}-bit codes, lowest bits first: 3 is {1, 2}, 8 is {8}. */
  public static List<Integer> widths(int bits) {
    List<Integer> widths = new ArrayList<>();
    for (int width = 1; width <= 8; width *= 2) {
      if ((bits & width) != 0) {
        widths.add(width);
      }
    }
    return widths;
  }

  /** Packs uint8 {@code codes} (R, C), C a multiple of 8: for each width w, uint8 (R, C w / 8). */
  public static List<NDArray> pack(NDArray codes, int bits) {
    List<NDArray> planes = new ArrayList<>();
    int shift = 0;
    for (int width : widths(bits)) {
      planes.add(BITS.call("pack", codes, Devices.scalar(shift), Devices.scalar(width)));
      shift += width;
    }
    return planes;
  }

  /** The bfloat16 numbers in {@code bytes}, uint8 (2 n), as float32 (n). */
  public static NDArray bfloat16(NDArray bytes) {
    return BITS.call("bfloat16", bytes);
  }

  /** {@code x} rounded to the nearest bfloat16 numbers, float32 again. */
  public static NDArray throughBfloat16(NDArray x) {
    return BITS.call("through_bfloat16", x);
  }

  /** The uint8 codes (R, C) in {@code planes}. */
  public static NDArray unpack(List<NDArray> planes, int bits) {
    NDArray codes = null;
    int shift = 0;
    for (int i = 0; i < planes.size(); i++) {
      int width = widths(bits).get(i);
      NDArray part = BITS.call("unpack", planes.get(i), Devices.scalar(shift), Devices.scalar(width));
      codes = codes == null ? part : codes.add(part);
      shift += width;
    }
    return codes;
  }

  /**
   * (code - zero) * scale, float32 (R, C).
   *
   * @param codes uint8 (R, C)
   * @param scale (R, G) and {@code zero} (R, G), uint8 or floating-point
   * @param groups the group of each column, int64 (C); null where G groups lie side by side
   */
  public static NDArray dequantize(NDArray codes, NDArray scale, NDArray zero, NDArray groups) {
    return groups == null ? BITS.call("dequantize", codes, scale, zero)
        : BITS.call("dequantize_ordered", codes, scale, zero, groups);
  }

  /** (code - zero) * scale (R, C) in the type of {@code x}, for groups that lie side by side. */
  public static NDArray dequantizeLike(NDArray codes, NDArray scale, NDArray zero, NDArray x) {
    return BITS.call("dequantize_as", codes, scale, zero, x);
  }

  /**
   * What {@link WeightOnly}'s operators read: bfloat16 (G pieces, out, 2), or (G pieces, 2, out, 2) for two {@code digits}.
   *
   * @param scale (digits out, G) and {@code zero} alike
   * @param pieces into which each group is cut
   */
  static NDArray weightOnlyScales(NDArray scale, NDArray zero, long pieces, int digits) {
    return BITS.call("weight_only_scales", scale, zero, Devices.scalar(pieces), Devices.scalar(digits));
  }

  /** The nearest codes, uint8 (R, C), for float32 {@code weight} (R, C) on the grid of {@link #dequantize}. */
  public static NDArray quantize(NDArray weight, NDArray scale, NDArray zero, NDArray groups, int bits) {
    String method = zero.getDataType().isFloating() ? "quantize_shifted" : "quantize";
    return BITS.call(method, weight, each(scale, groups, weight), each(zero, groups, weight), Devices.scalar((1 << bits) - 1));
  }

  /**
   * {@code zero} (R, G) with whole codes for groups that have a weight of 0, so that 0 lies on their grid.
   *
   * @param weight (R, C)
   * @param groups the group of each column, int64 (C)
   */
  public static NDArray wholeWhereZero(NDArray weight, NDArray zero, NDArray groups, int bits) {
    return zero.getDataType().isFloating() ? BITS.call("whole_where_zero", weight, zero, groups, Devices.scalar((1 << bits) - 1)) : zero;
  }

  /** {@code rounded}, whose gradient becomes that of {@code weight} (Bengio et al., arXiv 1308.3432); float32 (R, C) both. */
  public static NDArray straightThrough(NDArray weight, NDArray rounded) {
    return BITS.call("straight_through", weight, rounded);
  }

  /** One value for each column, float32 (R, C), out of one for each group (R, G). */
  private static NDArray each(NDArray grouped, NDArray groups, NDArray weight) {
    NDArray wide = grouped.toType(DataType.FLOAT32, false);
    long width = weight.getShape().get(1) / grouped.getShape().get(1);
    return groups == null ? wide.repeat(1, width) : BITS.call("columns", wide, groups);
  }
}
