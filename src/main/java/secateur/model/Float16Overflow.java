package secateur.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import secateur.tensor.Scope;

/** Numbers beyond float16, as some bfloat16 checkpoints have: the model computes in float32 then. */
final class Float16Overflow extends IllegalArgumentException {

  private static final double LARGEST = 65504;

  Float16Overflow(String message) {
    super(message);
  }

  /** Whether every number of {@code array} has a place in float16. */
  static boolean fits(NDArray array) {
    try (Scope scope = new Scope()) {
      return array.getDataType() == DataType.FLOAT16 || array.abs().max().toType(DataType.FLOAT32, false).getFloat() <= LARGEST;
    }
  }
}
