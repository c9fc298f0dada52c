package secateur.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.concurrent.atomic.AtomicReference;
import org.dflib.jjava.jupyter.kernel.magic.MagicsRegistry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import secateur.tensor.Progress;

/** The errors of a student's first hour: what is typed, and the sentence that answers it. */
class FirstHourTest {

  private static final Evaluator SESSION = session();

  private static Evaluator session() {
    AtomicReference<Evaluator> session = new AtomicReference<>();
    session.set(new Evaluator(System.getProperty("java.class.path"), new Magics(new KernelSession(session::get), new MagicsRegistry())));
    session.get().imports(Imports.lines());
    return session.get();
  }

  @BeforeAll
  static void load() {
    SESSION.evaluate("%model java-8m --windows 2 --length 32", 1);
  }

  @AfterAll
  static void close() {
    SESSION.evaluate("lab.close(); model.close();", 99);
    SESSION.close();
  }

  private static CellError fails(Evaluator session, String cell) {
    return catchThrowableOfType(CellError.class, () -> session.evaluate(cell.replace("\\n", "\n"), 7));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '~', quoteCharacter = '`', value = {
      // what is not there
      "%model java-9m ~ 'java-9m' is neither a bundled model (java-8m, arithmetic-3m) nor a directory nor a GGUF file; a model of the Hugging Face hub is written org/name",
      "Llm.load(\"/no/such/place\") ~ '/no/such/place' is neither a bundled model (java-8m, arithmetic-3m) nor a directory nor a GGUF file; a model of the Hugging Face hub is written org/name",
      "Llm.load(\"notebooks\") ~ no config.json in notebooks",
      "Corpus.load(\"jaav\") ~ no corpus \"jaav\"; allowed are \"java\", \"java:validation\", \"java:test\", ",
      "Corpus.load(\"java\").windows(9999999, 32).ids(model.tokenizer()) ~ 9999999 windows of 32 tokens asked for, the text has only ",
      "model.layer(\"9.q\") ~ no layer '9.q' in java-8m; block 0 has [0.q, 0.k, 0.v, 0.o, 0.gate, 0.up, 0.down], blocks go to 7",
      // what is mistyped
      "%modle java-8m ~ there is no magic %modle; did you mean %model? %secateur lists them all",
      "%model ~ missing required parameter: 'NAME'; write %model [OPTIONS] NAME",
      "%prune Wnda(0.5) ~ there is no class Wnda; did you mean Wanda?",
      "%prune Wanda ~ the settings of 'Wanda' are missing; write Wanda(double share) or Wanda(int n, int m), for example %prune Wanda(0.5)",
      "%prune ~ a method is missing; write for example %prune Wanda(0.5)",
      "%prune 0.5 ~ '0.5' is a number, not a method; write for example %prune Wanda(0.5)",
      "%quantize Gptq(4).grup(64) ~ Gptq has no method grup; did you mean group?",
      "lab.stepp(new Wanda(0.5)) ~ Lab has no method stepp; did you mean step?",
      "lab.step(Wanda(0.5)) ~ there is no method Wanda; write new Wanda",
      "modle.layers() ~ there is no variable modle; did you mean model?",
      "new ZipFile(\"a\") ~ there is no class ZipFile; write first import ",
      "lab.step(new Wanda(0.5) ~ the cell ends before this does; is a bracket or a quote missing?",
      "%chart sparsty ~ there is no chart 'sparsty'; there are bits, error, grid, importance, influence, levels, parameters, peaks, removed, scales, size, sparsity, weights, widths",
      "%compare ~ %%compare takes the lines below it: begin a cell with %%compare",
      "%%prune Wanda(0.5) ~ %prune stands in one line: write it with one percent sign",
      // what cannot be
      "%prune Wanda(1.5) ~ sparsity is 1.5, it must lie between 0 and 1",
      "%prune SparseGpt(50) ~ sparsity is 50.0, it must lie between 0 and 1",
      "%prune Magnitude(4, 2) ~ pattern 4:2 keeps n of every m; 0 < n < m is needed, for example 2:4",
      "%quantize Gptq(1) ~ bits is 1, it must lie between 2 and 8",
      "%quantize Gptq(4).group(100) ~ layer 0.q: groups of 100 do not divide the 256 inputs of a row",
      "%prune SparseGpt(3, 7) ~ layer 0.q: pattern 3:7 needs rows in groups of 7, but a row has 256 inputs",
      "%undo ~ there is no step to undo",
      "%chart error ~ there is no error to draw yet: take a step, or compare some methods, first",
      "%save /proc/here ~ /proc/here needs 15.0 MiB, but 0.0 MiB are free on its disk",
      // what cannot be removed
      "%prune LlmPruner(25) ~ the share to remove is 25.0, allowed is from 0 to below 1; a quarter is 0.25",
      "%prune LlmPruner(1) ~ the share to remove is 1.0, allowed is from 0 to below 1; a quarter is 0.25",
      "%prune LoraPrune(50) ~ the share to remove is 50.0, allowed is from 0 to below 1; a quarter is 0.25",
      "%prune PruneHeads(-0.1) ~ the share to remove is -0.1, allowed is from 0 to below 1; a quarter is 0.25",
      "%prune PruneChannels(25) ~ the share of channels to remove is 25.0, allowed is from 0 to below 1; a quarter is 0.25",
      "%prune DropLayers(8) ~ 8 blocks to drop of 8 that java-8m has; one must stay",
      "%prune DropLayers(25) ~ 25 blocks to drop of 8 that java-8m has; one must stay",
      "%prune DropLayers(1.5) ~ the share of blocks to drop is 1.5, allowed is from 0 to below 1; a quarter is 0.25",
      "%prune DropLayers(List.of(3, 8)) ~ blocks [3, 8] of java-8m, which has 0 to 7",
      "%prune LlmPruner(0.25).protect(4, 4) ~ the first 4 and the last 4 blocks stay, but there are only 8",
      "%prune LlmPruner ~ the settings of 'LlmPruner' are missing; write LlmPruner(double share), for example ",
      "%prune LlmPruner(0.25).by(Importance.taylr()) ~ Importance has no method taylr; did you mean taylor?",
      "%prune Recover(0) ~ 0 steps with 0 of warm-up; allowed are 1 or more",
      "%prune Recover(3).batch(0) ~ batches of 0 windows, allowed are 1 or more",
      "%prune Rtn(4).then(new Recover(2)) ~ layer '0.q' is Quantized(256 x 256, 4 bits, 1 groups a row), whose rounded weights a merge would round again; recover before quantizing, or ",
      "%chart importance ~ %chart importance is drawn of one thing; write %chart importance LlmPruner(0.25)",
      "%chart weights ~ %chart weights is drawn of one thing; write %chart weights 0.q",
      "%chart removed 0.q ~ %chart removed stands alone; write %chart removed",
      "%chart importance Wanda(0.5) ~ incompatible types: secateur.prune.Wanda cannot be converted to secateur.method.Structural",
      // memory full
      "ai.djl.ndarray.NDManager.newBaseManager().zeros(new Shape(1L << 30, 1L << 12)) ~ PyTorch found no memory for 17592186044416 bytes more on cpu",
      "var heap = new ArrayList<long[]>();\\nwhile (true) heap.add(new long[1 << 27]); ~ the Java heap of 4,096 MiB is full; close what is not needed, or give it more with SECATEUR_JVM_OPTS=-Xmx8g before the start"
  })
  void isAnsweredInASentence(String typed, String answer) {
    CellError error = fails(SESSION, typed);
    assertThat(error.getMessage()).startsWith(answer).doesNotContain("\n").hasSizeLessThan(260);
    assertThat(error.traceback()).hasSizeLessThanOrEqualTo(4).doesNotHaveDuplicates();
    assertThat(SESSION.evaluate("lab.table().rowCount()", 8)).as("the lab is as it was").isEqualTo(1);
  }

  @Test
  void aStepBeforeAModel() {
    try (Evaluator fresh = session()) {
      assertThat(fails(fresh, "%prune Wanda(0.5)").getMessage()).isEqualTo("no model is loaded; run %model java-8m first");
      assertThat(fails(fresh, "%table").getMessage()).isEqualTo("no model is loaded; run %model java-8m first");
    }
  }

  @Test
  void aStepThatStoresWithoutZeros() {
    SESSION.evaluate("%prune SparseGpt(2, 4)", 11);
    SESSION.evaluate("%prune StoreSparse()", 12);
    assertThat(SESSION.evaluate("lab.model().layer(\"0.q\").toString()", 13)).asString().startsWith("Sparse24(256 x 256, ");
    SESSION.evaluate("%undo", 14);
    SESSION.evaluate("%undo", 15);
  }

  @Test
  void anInterruptLeavesTheLabAtTheLastStep() {
    Progress.cancel();
    try {
      assertThat(fails(SESSION, "%prune Wanda(0.5)").getMessage()).isEqualTo("interrupted; the lab stays at the last finished step");
    } finally {
      Progress.reset();
    }
    assertThat(SESSION.evaluate("lab.step(new Wanda(0.5)).table().rowCount()", 9)).isEqualTo(2);
    SESSION.evaluate("%undo", 10);
  }
}
