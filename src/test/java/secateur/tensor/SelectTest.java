package secateur.tensor;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import org.junit.jupiter.api.Test;

class SelectTest {

  @Test
  void whatIsNotThereIsSaidInALine() {
    try (Scope scope = new Scope()) {
      NDArray x = Devices.manager().ones(new Shape(3, 2));
      assertThatThrownBy(() -> Select.rows(x, Select.places(1, 7))).isInstanceOf(EngineException.class)
          .hasMessage("index out of range in self (in select.rows of (3, 2) float32, (2) int64)");
      assertThatThrownBy(() -> Divergences.crossEntropy(x, x)).isInstanceOf(EngineException.class).message().doesNotContain("Traceback", "\n").contains("(3, 2) float32");
    }
  }
}
