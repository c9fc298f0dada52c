package secateur.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.dflib.jjava.jupyter.kernel.ReplacementOptions;
import org.dflib.jjava.jupyter.kernel.display.mime.MIMEType;
import org.dflib.jjava.jupyter.kernel.magic.MagicsRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AssistTest {

  private final Evaluator evaluator = new Evaluator(System.getProperty("java.class.path"), call -> "");
  private final Assist assist =
      new Assist(evaluator, new Magics(new KernelSession(() -> evaluator), new MagicsRegistry()));

  @AfterEach
  void close() {
    evaluator.close();
  }

  @Test
  void completesInTheLastSnippetAtTheCursor() {
    evaluator.evaluate("String s = null;", 1);
    String code = "String t = \"😀\";\ns.substr";
    ReplacementOptions options = assist.complete(code, code.codePointCount(0, code.length()));
    assertThat(options.getReplacements()).isEqualTo(List.of("substring("));
    assertThat(options.getSourceStart()).isEqualTo(code.codePointCount(0, code.indexOf("substr")));
  }

  @Test
  void completesMagics() {
    ReplacementOptions options = assist.complete("int a = 1;\n%pru", 15);
    assertThat(options.getReplacements()).containsExactly("prune");
    assertThat(options.getSourceStart()).isEqualTo(12);
  }

  @Test
  void inspectsCallsAndMagics() {
    assertThat(assist.inspect("Math.max(", 9, false).getData(MIMEType.TEXT_PLAIN).toString()).contains("Math.max(int a, int b)");
    assertThat(assist.inspect("int a;\n%model x", 10, false).getData(MIMEType.TEXT_PLAIN).toString()).contains("--calibration");
    assertThat(assist.inspect("nothing_known", 5, false)).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1 + 1", "int a = 1", "if (a) b();", "%undo", "%undo\nint a;", "%%compare\nA(1)", "// c"})
  void complete(String code) {
    assertThat(assist.isComplete(code)).isEqualTo("complete");
  }

  @ParameterizedTest
  @ValueSource(strings = {"int f(", "class A {", "for (;;) {\n", "%undo\nint f() {"})
  void incomplete(String code) {
    assertThat(assist.isComplete(code)).isBlank().isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"}", ")", "int a = 1; }"})
  void invalid(String code) {
    assertThat(assist.isComplete(code)).isEqualTo("invalid");
  }
}
