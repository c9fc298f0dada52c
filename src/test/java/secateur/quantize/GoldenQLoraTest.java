package secateur.quantize;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import secateur.Golden;
import secateur.model.Adapted;
import secateur.model.Frozen;
import secateur.tensor.Gradients;
import secateur.tensor.Scope;

/** QLoRA's adapters on a packed base against PyTorch: rank 3, alpha 16. */
class GoldenQLoraTest {

  @ParameterizedTest
  @ValueSource(strings = {"3", "2g16", "4g16s"})
  void valuesAndGradients(String grid) {
    try (Scope scope = new Scope()) {
      GoldenLayer layer = new GoldenLayer("qlora", grid);
      NDArray a = Gradients.trainable(layer.golden("A"));
      NDArray b = Gradients.trainable(layer.golden("B"));
      NDArray x = Gradients.trainable(GoldenLayer.given("x"));
      Adapted adapted = new Adapted(new Frozen(layer.quantized()), a, b, 16 / 3.0);
      layer.same(adapted.forward(x), "y");
      layer.back(adapted, x);
      layer.same(a.getGradient(), "dA");
      layer.same(b.getGradient(), "dB");
      layer.same(x.getGradient(), "dx");
    }
  }

  /** The adapters of grid "3". */
  @Test
  void onNf4WithDoubleQuantization() {
    try (Scope scope = new Scope()) {
      GoldenLayer layer = new GoldenLayer("qlora", "3");
      NDArray a = Gradients.trainable(layer.golden("A"));
      NDArray b = Gradients.trainable(layer.golden("B"));
      NDArray x = Gradients.trainable(GoldenLayer.given("x"));
      Adapted adapted = new Adapted(new Frozen(new Nf4().compress(layer.dense())), a, b, 16 / 3.0);
      same(adapted.forward(x), "y");
      layer.back(adapted, x);
      same(a.getGradient(), "dA");
      same(b.getGradient(), "dB");
      same(x.getGradient(), "dx");
    }
  }

  private static void same(NDArray ours, String name) {
    NDArray theirs = Golden.tensor("methods/qlora.safetensors", "nf4." + name);
    assertThat(Golden.difference(ours, theirs) / theirs.abs().max().getFloat()).as(name).isLessThan(1e-5);
  }
}
