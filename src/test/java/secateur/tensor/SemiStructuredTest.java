package secateur.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SemiStructuredTest {

  @Test
  void itIsFoundOutOnce() {
    assertThat(SemiStructured.probed()).isSameAs(SemiStructured.probed());
  }

  /** PyTorch for the CPU knows the operators by name, so that the script loads, but cannot run them. */
  @Test
  void whereItCannotRunTheOperatorIsNamed() {
    if (!Devices.current().isGpu()) {
      assertThat(SemiStructured.probe()).isInstanceOfSatisfying(Probed.Absent.class,
          absent -> assertThat(absent.reason()).startsWith("_cslt_compress: ").contains("Could not run 'aten::_cslt_compress'"));
    }
  }

  @Test
  void operatorsSlowerThanUnpackingAreNotUsed() {
    SemiStructured operators = new SemiStructured(Script.of("semi_structured"));
    assertThat(operators.verdict(0.1, 0.2)).isEqualTo(new Probed.Present<>(operators));
    assertThat(operators.verdict(190.4, 0.3)).isInstanceOfSatisfying(Probed.Absent.class, absent -> assertThat(absent.reason())
        .isEqualTo("_cslt_sparse_mm takes 190.4 ms for 512 tokens through a 4096 x 4096 matrix, unpacking it and multiplying 0.3 ms"));
  }

  @ParameterizedTest
  @CsvSource({"FLOAT16, 32, 16, true", "FLOAT32, 32, 16, false", "FLOAT16, 24, 16, false", "FLOAT16, 32, 40, false"})
  void whatTheOperatorsTake(DataType type, long rows, long columns, boolean fits) {
    assertThat(SemiStructured.fits(type, new Shape(rows, columns))).isEqualTo(fits);
  }
}
