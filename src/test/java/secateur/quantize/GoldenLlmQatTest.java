package secateur.quantize;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import secateur.Golden;
import secateur.model.RoundedInput;
import secateur.model.Trainable;
import secateur.tensor.Gradients;
import secateur.tensor.Nn;
import secateur.tensor.Scope;
import secateur.tensor.Tokens;

/** Rounded inputs and soft labels, with their gradients, against PyTorch. */
class GoldenLlmQatTest {

  private static NDArray golden(String name) {
    return Golden.tensor("methods/llmqat.safetensors", name);
  }

  private static void same(NDArray ours, String name) {
    NDArray theirs = golden(name);
    assertThat(Golden.difference(ours, theirs) / theirs.abs().max().getFloat()).as(name).isLessThan(1e-5);
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 8})
  void inputs(int bits) {
    try (Scope scope = new Scope()) {
      NDArray x = Gradients.trainable(golden("x"));
      NDArray w = Gradients.trainable(golden("W"));
      NDArray dy = golden("dy");
      same(Tokens.symmetric(x, bits), "act" + bits + ".q");
      RoundedInput layer = new RoundedInput(new Trainable(w, null, DataType.FLOAT32), bits);
      same(layer.forward(x), "act" + bits + ".y");
      Gradients.add(() -> {
        NDArray y = layer.forward(x);
        return y.mul(y).mul(dy).sum();
      });
      same(x.getGradient(), "act" + bits + ".dx");
      same(w.getGradient(), "act" + bits + ".dW");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void softLabels(int temperature) {
    try (Scope scope = new Scope()) {
      NDArray z = Gradients.trainable(golden("student"));
      NDArray labels = golden("teacher");
      NDArray loss = Gradients.add(() -> Nn.softCrossEntropy(z, labels, temperature));
      same(loss.stopGradient().reshape(1), "soft" + temperature + ".loss");
      same(z.getGradient(), "soft" + temperature + ".dz");
    }
  }
}
