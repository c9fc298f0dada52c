package secateur.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.dflib.jjava.jupyter.kernel.display.mime.MIMEType;
import org.dflib.jjava.jupyter.kernel.magic.MagicsRegistry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InspectionTest {

  private static final Evaluator EVALUATOR = new Evaluator(System.getProperty("java.class.path"), call -> "");
  private static final Assist ASSIST =
      new Assist(EVALUATOR, new Magics(new KernelSession(() -> EVALUATOR), new MagicsRegistry()));

  @BeforeAll
  static void start() {
    EVALUATOR.imports(Imports.lines());
    EVALUATOR.evaluate("var mine = new Wanda(0.5);\nrecord Own(int n) {}\nLab lab = null;", 1);
  }

  @AfterAll
  static void close() {
    EVALUATOR.close();
  }

  private static DisplayData data(String cell, boolean source) {
    int cursor = cell.codePointCount(0, cell.indexOf('|'));
    return ASSIST.inspect(cell.replace("|", ""), cursor, source);
  }

  private static String text(String cell) {
    DisplayData data = data(cell, false);
    return data == null ? "" : data.getData(MIMEType.TEXT_PLAIN).toString();
  }

  @ParameterizedTest
  @CsvSource(delimiter = '~', quoteCharacter = '`', value = {
      "Wan|da w ~ record secateur.prune.Wanda(Sparsity sparsity) implements PerLayer<InputNorm> ~ Removes the weights that matter least",
      "new Wanda(| ~ Wanda(double share) ~ Removes share of each output row.",
      "new Gptq(4).gro|up(64) ~ Gptq Gptq.group(int inputs) ~ One grid for each inputs inputs of a row.",
      "lab.step(| ~ Lab Lab.step(Method method) ~ Applies method to the model as it is now",
      "lab.ste|p ~ Lab Lab.step(Method method) ~ Applies method to the model as it is now",
      "Llm.load(\"a\", | ~ static Llm Llm.load(String name) ~ Loads a bundled model",
      "display(| ~ static String Notebook.display(Object value) ~ Shows a value now",
      "DataType.FLO|AT32 ~ static DataType DataType.FLOAT32 ~ ``",
      "Table.create(| ~ static Table Table.create( ~ Returns a new",
      "mi|ne ~ Wanda mine ~ var mine = new Wanda(0.5);",
      "var here = 3;\\nhe|re ~ int here ~ var here = 3",
      "int twice(int n) { return 2 * n; }\\ntwice(| ~ int twice(int n) ~ return 2 * n;",
      "new Own(| ~ Own(int n) ~ record Own(int n) {}",
      "String s = \"😀😀\";\\nlab.und|o() ~ Lab Lab.undo() ~ Takes the last step back",
      "%prune SparseGpt(| ~ SparseGpt(double share) ~ ``",
      "%prune Wan|da(0.5) ~ Wanda(double share) ~ Removes share of each output row.",
      "%%compare\\nWanda(0.5)\\nGptq(4).act| ~ %%compare ~ ``",
      "%%compare\\nWanda(0.5)\\nGptq(4).actOrder(| ~ Gptq Gptq.actOrder() ~ Columns by descending diagonal",
      "%mod|el java-8m ~ %model [OPTIONS] NAME ~ var model = Llm.load(\"java-8m\");",
      "%pru|ne Wanda(0.5) ~ %prune ~ lab.step(new Wanda(0.5))",
      "nothing_kn|own ~ `` ~ ``"})
  void showsDeclarationAndDocumentation(String cell, String declaration, String documentation) {
    String text = text(cell.replace("\\n", "\n"));
    assertThat(text).contains(declaration).contains(documentation);
    assertThat(text.isEmpty()).isEqualTo(declaration.isEmpty());
  }

  @Test
  void theOverloadThatTakesTheArgumentsComesFirst() {
    assertThat(text("new Wanda(2, |")).startsWith("Wanda(int n, int m)");
    assertThat(text("new Wanda(0.5, |").lines().findFirst()).isNotEqualTo("Wanda(int n, int m)");
    assertThat(text("new Wanda(|")).startsWith("Wanda(").contains("Wanda(int n, int m)", "sparsity  how much goes");
  }

  @Test
  void theSourceIsShownOnRequest() {
    assertThat(data("Wanda|", false).getData(MIMEType.TEXT_PLAIN).toString()).doesNotContain("NDArray w =");
    assertThat(data("Wanda|", true).getData(MIMEType.TEXT_PLAIN).toString()).contains("NDArray w = layer.weight();", "return new InputNorm();");
    assertThat(data("lab.undo(|", true).getData(MIMEType.TEXT_PLAIN).toString()).contains("steps.removeLast()").doesNotContain("Applies");
  }

  @Test
  void thereIsHtmlBesideTheText() {
    assertThat(data("Wanda|", false).getData(MIMEType.TEXT_HTML).toString())
        .contains("PerLayer&lt;InputNorm&gt;", "<dt><code>sparsity</code></dt>").doesNotContain("{@");
  }
}
