package secateur.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.dflib.jjava.jupyter.kernel.ReplacementOptions;
import org.dflib.jjava.jupyter.kernel.magic.MagicsRegistry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompletionTest {

  /** Counts how often a cell's own code runs. */
  public static int runs;

  private static final Evaluator EVALUATOR = new Evaluator(System.getProperty("java.class.path"), new Magics(Magic.Session.UNKNOWN, new MagicsRegistry()));
  private static final Assist ASSIST =
      new Assist(EVALUATOR, new Magics(new KernelSession(() -> EVALUATOR), new MagicsRegistry()));

  @BeforeAll
  static void start() {
    EVALUATOR.imports(Imports.lines());
    EVALUATOR.evaluate("%model java-8m", 1);
    EVALUATOR.evaluate("var mine = new Wanda(0.5);\nrecord Own(int n) {}\nint count = 3;", 1);
  }

  @AfterAll
  static void close() {
    EVALUATOR.evaluate("lab.close(); model.close();", 9);
    EVALUATOR.close();
  }

  /** What stands in the cell once the cursor, |, is replaced by the first thing offered. */
  private static String first(String cell) {
    List<String> all = all(cell);
    return all.isEmpty() ? "" : all.get(0);
  }

  private static List<String> all(String cell) {
    int cursor = cell.codePointCount(0, cell.indexOf('|'));
    String code = cell.replace("|", "");
    ReplacementOptions options = ASSIST.complete(code, cursor);
    assertThat(options.getReplacements()).doesNotHaveDuplicates();
    assertThat(options.getSourceEnd()).isEqualTo(cursor);
    int from = code.offsetByCodePoints(0, options.getSourceStart());
    int to = code.offsetByCodePoints(0, options.getSourceEnd());
    return options.getReplacements().stream().map(name -> code.substring(0, from) + name + code.substring(to)).toList();
  }

  @ParameterizedTest
  @CsvSource(delimiter = '~', quoteCharacter = '`', value = {
      "%pr| ~ %prune",
      "var x = %ev| ~ var x = %eval",
      "%%com| ~ %%compare",
      "%com| ~ ``",
      "%%pru| ~ ``",
      "%model --ca| ~ %model --calibration",
      "%model java-8m --calibration | ~ %model java-8m --calibration java",
      "%model java-8m --test=java:v| ~ %model java-8m --test=java:validation",
      "%model | ~ %model java-8m",
      "%model --windows 3 ja| ~ %model --windows 3 java-8m",
      "%model java-8m j| ~ ``",
      "%prune Wa| ~ %prune Wanda(",
      "%prune Gp| ~ ``",
      "%quantize Gp| ~ %quantize Gptq(",
      "%distill Log| ~ %distill LogitKd(",
      "%distill Wa| ~ ``",
      "%distill Student(0.5).then(new SequenceK| ~ %distill Student(0.5).then(new SequenceKd(",
      "%model ar| ~ %model arithmetic-3m",
      "%prune mi| ~ %prune mine",
      "%prune Own| ~ %prune Own(",
      "%prune cou| ~ ``",
      "%prune Wanda(0.5).th| ~ %prune Wanda(0.5).then(",
      "%quantize Gptq(4).act| ~ %quantize Gptq(4).actOrder()",
      "%quantize new Gptq(4).gr| ~ %quantize new Gptq(4).group(",
      "%chart spar| ~ %chart sparsity",
      "%chart weights 1.do| ~ %chart weights 1.down",
      "%chart imp| ~ %chart importance",
      "%chart gr| ~ %chart grid",
      "%chart grid 1.do| ~ %chart grid 1.down",
      "%chart wid| ~ %chart widths",
      "%chart importance Pr| ~ %chart importance PruneHeads(",
      "%chart removed | ~ ``",
      "%prune Ll| ~ %prune LlmPruner(",
      "%prune LlmPruner(0.25).pro| ~ %prune LlmPruner(0.25).protect(",
      "%prune LlmPruner(0.25).by(Importance.ta| ~ %prune LlmPruner(0.25).by(Importance.taylor()",
      "%prune Recover(3).ra| ~ %prune Recover(3).rate(",
      "%prune Wanda(0.5).then(new Gp| ~ %prune Wanda(0.5).then(new Gptq("})
  void inMagics(String cell, String completed) {
    assertThat(first(cell)).isEqualTo(completed);
  }

  @Test
  void methodsOnEachLineOfACompare() {
    assertThat(all("%%compare\nMagnitude(0.5)\n  |")).contains("%%compare\nMagnitude(0.5)\n  Wanda(", "%%compare\nMagnitude(0.5)\n  Gptq(");
    assertThat(all("%%compare\nWanda(0.5)\nGptq(4).grou|")).containsExactly("%%compare\nWanda(0.5)\nGptq(4).group(", "%%compare\nWanda(0.5)\nGptq(4).groups()");
    assertThat(all("%prune |")).contains("%prune SparseGpt(", "%prune mine").noneMatch(each -> each.contains("Gptq("));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '~', quoteCharacter = '`', value = {
      "var lab = new Lab(null, null, null);\\n\\nlab.und| ~ lab.undo()",
      "%model java-8m\\nlab.und| ~ lab.undo()",
      "%model java-8m\\nvar t = %table\\nt.rowCo| ~ t.rowCount()",
      "int a = 1;\\nString a = null;\\na.substr| ~ a.substring(",
      "record P(int height) {}\\nvar p = new P(1);\\np.toStr| ~ p.toString()",
      "record P(int height) {}\\nP make() { return null; }\\nmake().toStr| ~ make().toString()",
      "String s = null;\\nint f(int k) {\\n  return s.substr| ~ `  return s.substring(`",
      "String s = null;\\nfor (int i = 0; i < 2; i++) {\\n  s.substr| ~ `  s.substring(`",
      "import java.util.zip.*;\\nZipFile z = null;\\nz.getEnt| ~ z.getEntry(",
      "import java.util.zip.*;\\nnew ZipFi| ~ new ZipFile(",
      "import java.util.zip.ZipFile;\\nZipFi| ~ ZipFile",
      "import static java.lang.Math.*;\\nhypo| ~ hypot(",
      "String s = \"\";\\nvar 😀 = 1;\\nString t = \"😀😀\";\\ns.substr| ~ s.substring(",
      "%%time\\nmine.the| ~ mine.then(",
      "mine.thi| ~ ``",
      "mine.the| ~ mine.then("})
  void namesOfTheCellAbove(String cell, String completed) {
    String lines = cell.replace("\\n", "\n");
    String above = lines.substring(0, lines.lastIndexOf('\n') + 1);
    assertThat(first(lines)).isEqualTo(completed.isEmpty() ? "" : above + completed);
  }

  @Test
  void variablesOfTheCellAreNames() {
    assertThat(all("int height = 1;\nint b = hei|")).containsExactly("int height = 1;\nint b = height");
    assertThat(all("for (int i = 0, step = 2; i < 3; i++) {\n  int b = ste|"))
        .containsExactly("for (int i = 0, step = 2; i < 3; i++) {\n  int b = step");
    assertThat(all("int height = 1;\n|")).contains("int height = 1;\nmine")
        .noneMatch(name -> name.contains("$") || name.endsWith("wait("));
  }

  @Test
  void whatFitsComesFirstAndWhatEveryObjectHasLast() {
    List<String> ints = all("int n = \"a\".|");
    assertThat(ints.indexOf("int n = \"a\".length()")).isLessThan(ints.indexOf("int n = \"a\".concat("));
    assertThat(ints.subList(ints.size() - 6, ints.size())).contains("int n = \"a\".wait(", "int n = \"a\".getClass()", "int n = \"a\".hashCode()");
  }

  @Test
  void nothingRuns() {
    long before = EVALUATOR.declarations().count();
    all("int r = secateur.kernel.CompletionTest.runs++;\nstatic class S { static { secateur.kernel.CompletionTest.runs++; } }\nvar s = new S();\ns.|");
    all("int r = secateur.kernel.CompletionTest.runs++;\nr|");
    assertThat(runs).isZero();
    assertThat(EVALUATOR.has("r")).isFalse();
    assertThat(EVALUATOR.declarations().count()).isEqualTo(before);
  }
}
