package secateur.quantize;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import secateur.Golden;
import secateur.model.Dense;
import secateur.model.Quantized;
import secateur.tensor.Scope;

/** HQQ against its formula in PyTorch. */
class GoldenHqqTest {

  @ParameterizedTest
  @CsvSource({"4g64, 4, 64", "3g32, 3, 32", "2, 2, 0"})
  void codesScalesAndZeros(String name, int bits, int inputs) {
    try (Scope scope = new Scope()) {
      Quantized made = (Quantized) new Hqq(bits).group(inputs).compress(GoldenPtq.layer("weight"));
      assertThat(made.codes().codes().toUint8Array()).isEqualTo(GoldenPtq.given("hqq/" + name + ".codes").toUint8Array());
      assertThat(Golden.difference(made.scale(), GoldenPtq.given("hqq/" + name + ".scale"))).isLessThan(1e-8);
      assertThat(Golden.difference(made.zero(), GoldenPtq.given("hqq/" + name + ".zero"))).isLessThan(2e-4); // of up to 1024
    }
  }

  /** Errors of such weights outlive the shrinkage, those of weights below 1 become 0. */
  @ParameterizedTest
  @CsvSource({"4g64, 4, 64", "3g32, 3, 32", "2, 2, 0"})
  void weightsSixteenTimesAsWide(String name, int bits, int inputs) {
    try (Scope scope = new Scope()) {
      Dense wide = new Dense(GoldenPtq.given("weight").mul(16), null, DataType.FLOAT32);
      Quantized made = (Quantized) new Hqq(bits).group(inputs).compress(wide);
      assertThat(made.codes().codes().toUint8Array()).isEqualTo(wide(name + ".codes").toUint8Array());
      assertThat(Golden.difference(made.scale(), wide(name + ".scale"))).isLessThan(1e-6);
      assertThat(Golden.difference(made.zero(), wide(name + ".zero"))).isLessThan(2e-4); // of up to 1024
    }
  }

  private static NDArray wide(String name) {
    return Golden.tensor("methods/hqq.safetensors", "wide/" + name);
  }
}
