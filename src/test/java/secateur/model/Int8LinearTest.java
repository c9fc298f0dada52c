package secateur.model;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import secateur.Golden;
import secateur.export.HuggingFace;
import secateur.quantize.LlmInt8;
import secateur.quantize.SmoothQuant;
import secateur.tensor.Devices;
import secateur.tensor.Scope;
import secateur.tensor.Select;

class Int8LinearTest {

  private static Dense dense(int out, int in) {
    return new Dense(Devices.manager().randomNormal(new Shape(out, in)), Devices.manager().randomNormal(new Shape(out)), DataType.FLOAT32);
  }

  @ParameterizedTest
  @CsvSource({"1,8,16", "3,5,7", "17,24,40", "2,16,3000", "33,9,1025"})
  void theProductOfTheRoundedNumbers(int tokens, int out, int in) {
    try (Scope scope = new Scope()) {
      Dense dense = dense(out, in);
      NDArray x = Devices.manager().randomNormal(new Shape(1, tokens, in));
      NDArray exact = dense.forward(x);
      for (Int8Linear layer : new Int8Linear[] {W8A8.of(dense), OutlierColumns.of(dense, 2)}) {
        NDArray y = layer.forward(x);
        assertThat(Golden.difference(y, exact) / exact.abs().max().getFloat()).as(layer.toString()).isLessThan(0.03);
        assertThat(Golden.difference(layer.withWeight(layer.weight()).weight(), layer.weight())).isLessThan(1e-5);
      }
      assertThat(Golden.difference(OutlierColumns.of(dense, 1e-9).forward(x), dense.withWeight(W8A8.of(dense).weight()).forward(x))).isLessThan(1e-2);
    }
  }

  @Test
  void keepsOutputsAndInputs() {
    try (Scope scope = new Scope()) {
      Int8Linear layer = W8A8.of(dense(6, 9));
      NDArray outputs = Select.places(new long[] {0, 2, 5});
      NDArray inputs = Select.places(new long[] {1, 2, 8});
      NDArray kept = Select.columns(Select.rows(layer.weight(), outputs), inputs);
      assertThat(Golden.difference(layer.keep(outputs, inputs).weight(), kept)).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"llama", "gpt2", "opt", "falcon"})
  void savedAndLoaded(String name, @TempDir Path folder) {
    try (Scope scope = new Scope(); Llm model = Golden.model(name); Llm smooth = new SmoothQuant().apply(model, Golden.windows(name));
        Llm rounded = new LlmInt8().threshold(2).apply(model, Golden.windows(name))) {
      for (Llm made : new Llm[] {smooth, rounded}) {
        Path to = folder.resolve(made == smooth ? "smooth" : "rounded");
        HuggingFace.save(made, to);
        try (Llm again = Llm.load(to.toString())) {
          assertThat(again.layer("0.o")).hasSameClassAs(made.layer("0.o"));
          assertThat(again.logits(Golden.ids(name)[0])).isDeepEqualTo(made.logits(Golden.ids(name)[0]));
        }
      }
    }
  }
}
