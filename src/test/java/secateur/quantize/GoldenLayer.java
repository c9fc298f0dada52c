package secateur.quantize;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import secateur.Golden;
import secateur.method.Grid;
import secateur.model.Dense;
import secateur.model.Linear;
import secateur.model.Quantized;
import secateur.tensor.Gradients;

/** The layer of {@code qat.safetensors} on one grid, and what PyTorch made of it. */
record GoldenLayer(String method, String grid) {

  static NDArray given(String name) {
    return Golden.tensor("methods/qat.safetensors", name);
  }

  Grid rounding() {
    return grid.equals("3") ? new Grid(3) : grid.equals("2g16") ? new Grid(2).group(16) : new Grid(4).group(16).symmetric();
  }

  Dense dense() {
    return new Dense(given("weight"), null, DataType.FLOAT32);
  }

  Quantized quantized() {
    return rounding().round(dense(), dense().weight());
  }

  NDArray golden(String name) {
    return given(method + "/" + grid + "." + name);
  }

  /** The gradients of sum(dy y²) at {@code x}. */
  void back(Linear layer, NDArray x) {
    NDArray dy = given("dy");
    Gradients.add(() -> {
      NDArray y = layer.forward(x);
      return y.mul(y).mul(dy).sum();
    });
  }

  /** To 1e-4 of the largest. */
  void same(NDArray ours, String name) {
    NDArray theirs = golden(name);
    assertThat(Golden.difference(ours, theirs) / theirs.abs().max().getFloat()).as("%s %s %s", method, grid, name).isLessThan(1e-4);
  }
}
