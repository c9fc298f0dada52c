package secateur.quantize;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import secateur.Golden;
import secateur.method.DataFree;
import secateur.model.Absmax;
import secateur.model.Codebook;
import secateur.model.Levels;
import secateur.tensor.Codebooks;
import secateur.tensor.Devices;
import secateur.tensor.Scope;

/** NF4, FP4 and double quantization against their formulas in PyTorch, to the last bit. */
class GoldenNf4Test {

  private static Codebook made(DataFree method, String layer) {
    return (Codebook) method.compress(GoldenPtq.layer(layer));
  }

  @ParameterizedTest
  @CsvSource({"nf4/small, weight", "fp4/small, weight", "nf4/large, large"})
  void codesAndDequantizedValuesWithDoubleQuantization(String name, String layer) {
    try (Scope scope = new Scope()) {
      Codebook made = made(name.startsWith("nf4") ? new Nf4() : new Fp4(), layer);
      Absmax.Doubled absmax = (Absmax.Doubled) made.absmax();
      assertThat(made.codes().toUint8Array()).isEqualTo(GoldenPtq.given(name + ".codes").toUint8Array());
      assertThat(absmax.codes().toUint8Array()).isEqualTo(GoldenPtq.given(name + ".absmax").toUint8Array());
      assertThat(absmax.scale().toFloatArray()).isEqualTo(GoldenPtq.given(name + ".nested_absmax").toFloatArray());
      assertThat(absmax.mean().toFloatArray()).isEqualTo(GoldenPtq.given(name + ".nested_offset").toFloatArray());
      assertThat(made.weight().toFloatArray()).isEqualTo(GoldenPtq.given(name + ".double").toFloatArray());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"nf4", "fp4"})
  void dequantizedValuesWithoutIt(String name) {
    try (Scope scope = new Scope()) {
      Codebook made = made(name.equals("nf4") ? new Nf4().single() : new Fp4().single(), "weight");
      assertThat(made.weight().toFloatArray()).isEqualTo(GoldenPtq.given(name + "/small.single").toFloatArray());
    }
  }

  @Test
  void levelsAreTheQuantilesOfTheFormula() {
    try (Scope scope = new Scope()) {
      assertThat(Golden.difference(Devices.manager().create(Levels.NF4.numbers()), GoldenPtq.given("nf4/formula"))).isLessThan(2e-7);
    }
  }

  @Test
  void theDynamicTypeOfEightBits() {
    try (Scope scope = new Scope()) {
      assertThat(Codebooks.dynamic()).isEqualTo(GoldenPtq.given("dynamic").toFloatArray());
    }
  }
}
