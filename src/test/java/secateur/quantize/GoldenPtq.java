package secateur.quantize;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import secateur.Golden;
import secateur.model.Dense;

/** {@code ptq.safetensors}: what PyTorch makes of the formulas of HQQ, NF4, FP4 and the searched range. */
final class GoldenPtq {

  private GoldenPtq() {}

  static NDArray given(String name) {
    return Golden.tensor("methods/ptq.safetensors", name);
  }

  /** The layer {@code name}, stored as float32. */
  static Dense layer(String name) {
    return new Dense(given(name).toType(DataType.FLOAT32, false), null, DataType.FLOAT32);
  }
}
