package secateur.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;

/** Parts of arrays by number; sources in {@code select.py}. */
public final class Select {

  private static final Script SELECT = Script.of("select");

  private Select() {}

  /** {@code numbers} (N) where models compute. */
  public static NDArray places(long... numbers) {
    return Devices.manager().create(numbers);
  }

  /** {@code numbers} (G, w), rows of equal length, where models compute. */
  public static NDArray places(long[][] numbers) {
    return Devices.manager().create(Arrays.stream(numbers).flatMapToLong(Arrays::stream).toArray(),
        new Shape(numbers.length, numbers[0].length));
  }

  /** {@code values} (N), float32, where models compute. */
  public static NDArray numbers(float... values) {
    return Devices.manager().create(values);
  }

  /** The rows {@code places} (N) of {@code x} (R, …); all where that is null. */
  public static NDArray rows(NDArray x, NDArray places) {
    return places == null ? x : SELECT.call("rows", x, places);
  }

  /** The columns {@code places} (N) of {@code x} (…, C); all where that is null. */
  public static NDArray columns(NDArray x, NDArray places) {
    return places == null ? x : SELECT.call("columns", x, places);
  }

  /** Zeros in the shape of {@code whole} (R, C), with {@code x} (N, M) in its rows {@code rows} (N) and columns {@code columns} (M). */
  public static NDArray spread(NDArray x, NDArray rows, NDArray columns, NDArray whole) {
    return SELECT.call("spread", x, rows, columns, whole);
  }

  /** The sums of {@code x} (N) over each row of {@code places} (G, w): (G). */
  public static NDArray sums(NDArray x, NDArray places) {
    return SELECT.call("sums", x, places);
  }
}
