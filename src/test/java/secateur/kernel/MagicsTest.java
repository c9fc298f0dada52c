package secateur.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.dflib.jjava.jupyter.kernel.magic.MagicsRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MagicsTest {

  private record Known(boolean lab, List<String> members) implements Magic.Session {
    @Override
    public boolean has(String variable) {
      return lab && variable.equals("lab");
    }

    @Override
    public List<String> members(String receiver) {
      return members;
    }
  }

  private final MagicsRegistry others = new MagicsRegistry();
  private final Magics magics = new Magics(
      new Known(true, List.of("importanceChart(", "sizeChart()", "weightsChart(", "step(", "table()")), others);

  private String java(String cell) {
    return magics.java(MagicCall.at(cell).orElseThrow());
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
      "%eval | lab.measure()",
      "%prune SparseGpt(0.5) | lab.step(new SparseGpt(0.5))",
      "%prune new SparseGpt(0.5); | lab.step(new SparseGpt(0.5))",
      "%prune SparseGpt(2, 4) | lab.step(new SparseGpt(2, 4))",
      "%prune secateur.prune.Wanda(0.5) | lab.step(new secateur.prune.Wanda(0.5))",
      "%prune Wanda(0.5).then(new Gptq(4)) | lab.step(new Wanda(0.5).then(new Gptq(4)))",
      "%prune StoreSparse() | lab.step(new StoreSparse())",
      "%prune mine | lab.step(mine)",
      "%quantize Gptq(4).group(64) | lab.step(new Gptq(4).group(64))",
      "%distill LogitKd(teacher, 100) | lab.step(new LogitKd(teacher, 100))",
      "%distill Student(0.5).then(new SequenceKd(teacher, 100).greedy()) | lab.step(new Student(0.5).then(new SequenceKd(teacher, 100).greedy()))",
      "%undo | lab.undo()",
      "%table | lab.table()",
      "%chart size | lab.sizeChart()",
      "%chart weights 0.q | lab.weightsChart(\"0.q\")",
      "%chart importance LlmPruner(0.25).by(Importance.l2()) | lab.importanceChart(new LlmPruner(0.25).by(Importance.l2()))",
      "%report out/a report.html | lab.report(Path.of(\"out/a report.html\"))",
      "%save \"C:\\models\" | lab.save(Path.of(\"C:\\\\models\"))",
      "%save out/model.gguf | lab.save(Path.of(\"out/model.gguf\"))",
      "%save out/model.gguf --as Gguf(Preset.Q4_K_M).calibrated(text) | lab.save(Path.of(\"out/model.gguf\"), new Gguf(Preset.Q4_K_M).calibrated(text))",
      "%save out/gptq --as GptqLayout.v2() | lab.save(Path.of(\"out/gptq\"), GptqLayout.v2())",
      "%generate public static void main( | lab.generate(\"public static void main(\")",
      "%generate \"two  blanks \" | lab.generate(\"two  blanks \")",
      "%generate -1 is @here | lab.generate(\"-1 is @here\")",
      "%secateur | secateur.kernel.Notebook.magics()",
      "%model --help | secateur.kernel.Notebook.magic(\"model\")"})
  void writes(String magic, String java) {
    assertThat(java(magic)).isEqualTo(java);
  }

  @Test
  void modelLoadsAndMakesALab() {
    assertThat(java("%model java-8m")).isEqualTo("""
        var model = Llm.load("java-8m");
        var lab = new Lab(model, Corpus.load("java").windows(32, 512), Corpus.load("java:test").windows(32, 512));
        model""");
    assertThat(java("%model \"my model\" --windows 8 --length=128 --calibration c4.txt --test=\"wiki text\""))
        .contains("Llm.load(\"my model\")", "Corpus.load(\"c4.txt\").windows(8, 128)", "Corpus.load(\"wiki text\").windows(8, 128)");
  }

  @Test
  void compareTakesAMethodALine() {
    assertThat(java("%%compare\nMagnitude(0.5)\n\n  Wanda(2, 4), // two of four\n// no\nmine\n").replaceAll("\\s+", " "))
        .isEqualTo("lab.compare(new Magnitude(0.5), new Wanda(2, 4), mine)");
  }

  @Test
  void theStepsNeedAModel() {
    Magics empty = new Magics(new Known(false, List.of()), others);
    assertThatThrownBy(() -> empty.java(MagicCall.at("%prune Wanda(0.5)").orElseThrow()))
        .hasMessage("no model is loaded; run %model java-8m first");
    assertThat(empty.java(MagicCall.at("%secateur").orElseThrow())).isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
      "%prun X(1) | there is no magic %prun; did you mean %prune? %secateur lists them all",
      "%compar | there is no magic %compar; did you mean %%compare? %secateur lists them all",
      "%zzzzzzz | there is no magic %zzzzzzz; %secateur lists them all",
      "%chart siz | there is no chart 'siz'; there are importance, size, weights",
      "%compare | %%compare takes the lines below it: begin a cell with %%compare",
      "%%undo | %undo stands in one line: write it with one percent sign",
      "%%compare | %%compare needs methods in the lines below it, one a line, for example Wanda(0.5)",
      "%model | missing required parameter: 'NAME'; write %model [OPTIONS] NAME",
      "%model x --windows many | invalid value for option '--windows': 'many' is not an int; write %model [OPTIONS] NAME",
      "%model x --wind 3 | unknown options: '--wind', '3'; write %model [OPTIONS] NAME"})
  void refusesInASentence(String magic, String sentence) {
    assertThatThrownBy(() -> java(magic)).isInstanceOf(CellError.class).hasMessage(sentence);
  }

  @Test
  void magicsOfOtherExtensionsAreCalledByName() {
    others.registerLineMagic("other", (kernel, words) -> words);
    assertThat(java("%other a \"b c\"")).isEqualTo(
        "org.dflib.jjava.jupyter.kernel.BaseNotebookStatics.lineMagic(\"other\", java.util.List.of(\"a\", \"b c\"))");
  }

  @Test
  void namesAreCompleted() {
    assertThat(magics.namesLike("qu", false)).containsExactly("quantize");
    assertThat(magics.namesLike("di", false)).containsExactly("distill");
    assertThat(magics.namesLike("", false)).contains("model", "secateur").doesNotContain("compare");
  }
}
