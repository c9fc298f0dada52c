package secateur.file;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.function.Supplier;

/**
 * A tensor to be written, whose numbers need not be there before their turn comes.
 *
 * @param type in the file
 * @param shape in the file
 * @param numbers gives them in {@link StoredType#type}; what it makes is closed once they are written
 */
public record TensorData(StoredType type, Shape shape, Supplier<NDArray> numbers) {

  /** {@code array} as it is. */
  public static TensorData of(NDArray array) {
    return new TensorData(StoredType.of(array.getDataType()), array.getShape(), () -> array);
  }

  /** Its bytes in a file. */
  public long bytes() {
    return shape.size() * type.bytes();
  }
}
