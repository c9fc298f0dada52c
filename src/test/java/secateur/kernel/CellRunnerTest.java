package secateur.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.junit.jupiter.api.Test;

class CellRunnerTest {

  private static CellRunner.Body failing(Throwable failure) {
    return CellRunner.answering((code, number) -> {
      if (failure instanceof RuntimeException unchecked) {
        throw unchecked;
      }
      throw (Error) failure;
    });
  }

  @Test
  void whatTheKernelItselfMeetsIsAnErrorOfTheCell() {
    assertThatThrownBy(() -> failing(new NoClassDefFoundError("secateur/x/Y")).run("1", 1)).isInstanceOfSatisfying(CellError.class, error -> {
      assertThat(error.name()).isEqualTo("NoClassDefFoundError");
      assertThat(error).hasMessage("the kernel itself failed (java.lang.NoClassDefFoundError: secateur/x/Y); if the project was built again since the kernel started, restart it");
      assertThat(error.traceback()).singleElement().asString().endsWith(error.getMessage());
    });
    assertThatThrownBy(() -> failing(new IllegalStateException("odd")).run("1", 1)).isInstanceOf(CellError.class).hasMessageContaining("odd");
  }

  @Test
  void anErrorOfTheCellAndAValuePassAsTheyAre() {
    CellError error = CellError.of("Oops", "no");
    assertThatThrownBy(() -> failing(error).run("1", 1)).isSameAs(error);
    DisplayData value = new DisplayData("42");
    assertThat(CellRunner.answering((code, number) -> value).run("6*7", 2)).isSameAs(value);
  }
}
