package secateur.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;

/**
 * Which numbers of a matrix (R, C) are there, a bit each: uint8 (R, C / 8 rounded up), the first column in the lowest bit
 * and the bits beyond C zero. Sources in {@code bitmasks.py}.
 */
public final class Bitmasks {

  private static final Script BITMASKS = Script.of("bitmasks");

  private Bitmasks() {}

  /** The bits of what is not zero in {@code x} (R, C). */
  public static NDArray nonZeros(NDArray x) {
    return BITMASKS.call("pack", x.neq(0));
  }

  /** The bits of the two largest magnitudes in every four columns of {@code x} (R, C), C a multiple of 4. */
  public static NDArray pairs(NDArray x) {
    return BITMASKS.call("pack", Masks.nOfM(x.toType(DataType.FLOAT32, false).abs(), 2, 4).neq(0));
  }

  /** How many bits are one in each run of {@code width} of the {@code columns}: int64 (R, columns / width). */
  public static NDArray counts(NDArray bits, long columns, long width) {
    return BITMASKS.call("counts", bits, Devices.scalar(columns), Devices.scalar(width));
  }

  /** The numbers of {@code x} (R, C) whose bits are one, row by row: (n). */
  public static NDArray select(NDArray x, NDArray bits) {
    return BITMASKS.call("select", x, bits);
  }

  /** {@code values}, as many as there are ones, in their places among zeros: (R, columns). */
  public static NDArray fill(NDArray values, NDArray bits, long columns) {
    return BITMASKS.call("fill", values, bits, Devices.scalar(columns));
  }
}
