package secateur.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Codes of levels between -1 and 1 for the blocks of an array, each scaled by its largest number. Sources in
 * {@code codebook.py}.
 */
public final class Codebooks {

  private static final Script CODEBOOK = Script.of("codebook");

  private Codebooks() {}

  /** The largest absolute value of each block of {@code size} in {@code x} (…), as it lies in memory; the last may be shorter: (B). */
  public static NDArray absmax(NDArray x, int size) {
    return CODEBOOK.call("absmax", x, Devices.scalar(size));
  }

  /** The mean of {@code x} (n): float32 (1). */
  public static NDArray mean(NDArray x) {
    return CODEBOOK.call("mean", x);
  }

  /**
   * The codes of the {@code levels} nearest to x / absmax; where two are equal or as near, that of the higher.
   *
   * @param x float32 (…), n numbers
   * @param absmax float32 (B), of blocks of {@code size}
   * @param levels by code, at most 256
   * @return uint8 (n)
   */
  public static NDArray quantize(NDArray x, NDArray absmax, float[] levels, int size) {
    int[] order = IntStream.range(0, levels.length).boxed().sorted(Comparator.comparing(code -> levels[code])).mapToInt(code -> code).toArray();
    float[] ascending = new float[order.length];
    byte[] codes = new byte[order.length];
    for (int i = 0; i < order.length; i++) {
      ascending[i] = levels[order[i]];
      codes[i] = (byte) order[i];
    }
    NDArray numbers = Devices.manager().create(codes).toType(DataType.UINT8, false);
    return CODEBOOK.call("quantize", x, absmax, Devices.manager().create(ascending), numbers, Devices.scalar(size));
  }

  /** level * absmax, float32 (n), for uint8 {@code codes} (n). */
  public static NDArray dequantize(NDArray codes, NDArray absmax, float[] levels, int size) {
    return CODEBOOK.call("dequantize", codes, absmax, Devices.manager().create(levels), Devices.scalar(size));
  }

  /** uint8 {@code codes} (n) below 16, two in a byte, the first in the upper half: uint8 (n / 2 rounded up). */
  public static NDArray pack(NDArray codes) {
    return CODEBOOK.call("pack", codes);
  }

  /** The first {@code count} codes in {@code packed}. */
  public static NDArray unpack(NDArray packed, long count) {
    return CODEBOOK.call("unpack", packed, Devices.scalar(count));
  }

  /**
   * The 256 levels of the dynamic 8-bit type (Dettmers, arXiv 1511.04561): 0, 1, and for each i from 0 to 6 both signs of
   * 10^(i - 6) times the middles of 2^i equal parts of 0.1 to 1; ascending.
   */
  public static float[] dynamic() {
    double[] levels = new double[256];
    int at = 0;
    levels[at++] = 0;
    levels[at++] = 1;
    for (int i = 0; i < 7; i++) {
      double width = 0.9 / (1 << i);
      for (int part = 0; part < 1 << i; part++) {
        double level = Math.pow(10, i - 6) * (0.1 + width * (part + 0.5));
        levels[at++] = level;
        levels[at++] = -level;
      }
    }
    Arrays.sort(levels);
    float[] rounded = new float[levels.length];
    for (int i = 0; i < rounded.length; i++) {
      rounded[i] = (float) levels[i];
    }
    return rounded;
  }
}
