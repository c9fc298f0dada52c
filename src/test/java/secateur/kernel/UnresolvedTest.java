package secateur.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.dflib.jjava.jupyter.kernel.magic.MagicsRegistry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnresolvedTest {

  private static final Magics MAGICS = new Magics(Magic.Session.UNKNOWN, new MagicsRegistry());
  private static final Evaluator EVALUATOR = new Evaluator(System.getProperty("java.class.path"), MAGICS::java);

  @BeforeAll
  static void start() {
    EVALUATOR.imports(Imports.lines());
    EVALUATOR.evaluate("Lab lab = null; Llm model = null; int bits = 4;", 1);
    while (!EVALUATOR.analysis().listQualifiedNames("ZipFile", 7).isUpToDate()) { // JShell reads the class path in the background
      Thread.onSpinWait();
    }
  }

  @AfterAll
  static void close() {
    EVALUATOR.close();
  }

  private static CellError fails(String cell) {
    return catchThrowableOfType(CellError.class, () -> EVALUATOR.evaluate(cell, 3));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '~', quoteCharacter = '`', value = {
      "new Wnda(0.5) ~ there is no class Wnda; did you mean Wanda?",
      "modle.close() ~ there is no variable modle; did you mean model?",
      "int b = bts + 1; ~ there is no variable bts; did you mean bits?",
      "lab.stepp(null) ~ Lab has no method stepp; did you mean step?",
      "lab . undoo () ~ Lab has no method undoo; did you mean undo?",
      "Maths.max(1, 2) ~ there is no variable Maths; did you mean Math or Paths?",
      "new ZipFile(\"a\") ~ there is no class ZipFile; write first import java.util.zip.ZipFile; or import org.apache.commons.compress.archivers.zip.ZipFile;",
      "Deflater d = new Deflater(); ~ there is no class Deflater; write first import java.util.zip.Deflater;",
      "new java.util.zip.ZpFile(\"a\") ~ package java.util.zip has no class ZpFile; did you mean ZipFile?",
      "nothingLikeIt + 1 ~ there is no variable nothingLikeIt",
      "x ~ there is no variable x",
      "m2 ~ there is no variable m2", // an annotation of a library has this name
      "%prune Wnda(0.5) ~ there is no class Wnda; did you mean Wanda?",
      "%prune modle ~ there is no variable modle; did you mean model?",
      "%prune ~ a method is missing; write for example %prune Wanda(0.5)",
      "%prune 0.5 ~ '0.5' is a number, not a method; write for example %prune Wanda(0.5)",
      "%quantize 4 ~ '4' is a number, not a method; write for example %quantize Gptq(4)",
      "%distill 100 ~ '100' is a number, not a method; write for example %distill LogitKd(teacher, 100)",
      "%distill LogitKD(teacher, 100) ~ there is no class LogitKD; did you mean LogitKd?",
      "%distill MiniLlm ~ the settings of 'MiniLlm' are missing; write MiniLlm(Llm teacher, int steps), for example %distill LogitKd(teacher, 100)",
      "%prune Wanda ~ the settings of 'Wanda' are missing; write Wanda(double share) or Wanda(int n, int m), for example %prune Wanda(0.5)"})
  void saysWhatMayBeMeant(String cell, String message) {
    assertThat(fails(cell)).hasMessage(message);
  }

  @Test
  void aWrongMethodInAMagicListsTheMethods() {
    assertThat(fails("%prune Wnda(0.5)").traceback()).contains("    cell 3, line 1 | %prune Wnda(0.5)")
        .anyMatch(line -> line.contains("Magnitude(double share)") && line.contains("Gptq(int bits)"));
    assertThat(fails("new Wnda(0.5)").traceback()).noneMatch(line -> line.contains("Magnitude"));
  }

  @Test
  void oneMistakeIsSaidOnce() {
    assertThat(fails("Wnda w = new Wnda(0.5);").traceback()).hasSize(3);
  }
}
