package secateur.quantize;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import secateur.Golden;
import secateur.model.Quantized;
import secateur.tensor.Scope;

/** The searched range against its formula in PyTorch. */
class GoldenMseTest {

  @ParameterizedTest
  @ValueSource(strings = {"4", "3g64", "2g32s"})
  void scalesZerosAndWeights(String name) {
    Rtn method = name.equals("4") ? new Rtn(4) : name.equals("3g64") ? new Rtn(3).group(64) : new Rtn(2).group(32).symmetric();
    try (Scope scope = new Scope()) {
      Quantized made = (Quantized) method.mse().compress(GoldenPtq.layer("weight"));
      assertThat(Golden.difference(made.scale(), GoldenPtq.given("mse/" + name + ".scale"))).isLessThan(1e-7);
      assertThat(made.zero().toUint8Array()).isEqualTo(GoldenPtq.given("mse/" + name + ".zero").toUint8Array());
      assertThat(Golden.difference(made.weight(), GoldenPtq.given("mse/" + name + ".weight"))).isLessThan(1e-6);
    }
  }
}
