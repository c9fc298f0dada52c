package secateur.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandsTest {

  private record Ran(int code, String out, String err) {}

  @TempDir
  static Path folder;

  private static String tiny;

  @BeforeAll
  static void model() throws IOException {
    tiny = TinyModel.in(folder.resolve("tiny")).toString();
  }

  private static Ran run(String... arguments) {
    PrintStream out = System.out;
    PrintStream err = System.err;
    ByteArrayOutputStream outBytes = new ByteArrayOutputStream();
    ByteArrayOutputStream errBytes = new ByteArrayOutputStream();
    try {
      System.setOut(new PrintStream(outBytes, true, StandardCharsets.UTF_8));
      System.setErr(new PrintStream(errBytes, true, StandardCharsets.UTF_8));
      int code = Main.run(arguments);
      return new Ran(code, outBytes.toString(StandardCharsets.UTF_8), errBytes.toString(StandardCharsets.UTF_8));
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
  }

  private static Ran small(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--windows", "2", "--length", "32"));
    return run(all.toArray(new String[0]));
  }

  @ParameterizedTest
  @ValueSource(strings = {"demo", "eval", "prune", "quantize", "distill", "export", "compare", "bench-distillation", "generate", "pretrain", "fetch", "jshell", "script",
      "notebook", "kernel", "classpath"})
  void everyCommandHasHelpWithAnExample(String command) {
    Ran ran = run(command, "--help");
    assertThat(ran.code()).isZero();
    assertThat(ran.out()).contains("Usage: secateur " + command, "Example", "secateur " + command);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "'' | a command is missing",
      "evil x | unmatched arguments from index 0: 'evil', 'x'",
      "eval | missing required parameter: 'MODEL'",
      "eval x --windows many | invalid value for option '--windows': 'many' is not an int",
      "eval nowhere | 'nowhere' is neither a bundled model (java-8m, arithmetic-3m) nor a directory",
      "eval TINY --text nothing.txt | no corpus \"nothing.txt\"; allowed are",
      "eval TINY --windows 0 | 0 windows of 512 tokens asked for",
      "prune TINY Wanda(0.5) | missing required option: '--out=DIR'",
      "compare TINY Wanda(1.5) | 'Wanda(1.5)' is not a method that can be used: sparsity is 1.5, it must lie between 0 and 1",
      "compare TINY Wandaa(0.5) | 'Wandaa(0.5)' is not a method that can be used: cannot find symbol, symbol: class Wandaa; methods",
      "compare TINY Wanda(0.5 | 'Wanda(0.5' is not a method that can be used: reached end of file while parsing; methods",
      "export TINY a.gguf --preset Q9 | invalid value for option '--preset': expected one of",
      "export TINY out --preset Q4_0 | --preset, --important and --own-head are for a PATH that ends in .gguf, without --as; PATH is out",
      "export TINY a.gguf --as Gguff() | 'Gguff()' is not a format that can be used: cannot find symbol, symbol: class Gguff; formats are Gguf(), Gguf(Preset.Q4_K_M)",
      "fetch name | 'name' is no name of the hub; allowed is org/name",
      "fetch --dataset name | 'name' is no dataset of",
      "generate TINY x --temperature -1 | temperature is -1.0, it must be above 0",
      "generate TINY x --tokens 0 | --tokens is 0, it must be 1 or more",
      "kernel | what shall be done with the kernel? allowed is: kernel install"})
  void refusesWithOneSentence(String line, String sentence) {
    String[] arguments = line.isEmpty() ? new String[0] : line.replace("TINY", tiny).split(" ");
    Ran ran = run(arguments);
    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err()).startsWith("secateur: " + sentence).doesNotContain("\tat ");
  }

  @Test
  void traceShowsTheStack() {
    assertThat(run("eval", "nowhere", "--trace").err()).contains("\tat secateur.model");
  }

  @Test
  void evaluates() {
    Ran ran = small("eval", tiny);
    assertThat(ran.code()).isZero();
    assertThat(ran.out()).contains("2 blocks of width 32").containsPattern("perplexity   \\d+\\.\\d{3} . ").contains("java:test (sha256 ");
  }

  @Test
  void prunesAndSavesWhatEvalOpens() {
    String out = folder.resolve("half").toString();
    Ran ran = small("prune", tiny, "Wanda(0.5)", "--out", out);
    assertThat(ran.err()).doesNotContain("secateur:");
    assertThat(ran.out()).contains("Wanda 50%", "saved to " + out);
    assertThat(small("eval", out).out()).contains("sparsity     50.0 % of the layers' weights");
    assertThat(small("prune", tiny, "Wanda(0.5)", "--out", out).err()).contains("is not empty");
  }

  @Test
  void quantizesAndSavesPacked() {
    String out = folder.resolve("four").toString();
    Ran ran = small("quantize", tiny, "Rtn(4).group(32)", "--out", out);
    assertThat(ran.code()).isZero();
    assertThat(small("eval", out).out()).containsPattern("bits/weight  [45]\\.\\d\\d\n");
  }

  @Test
  void exportsAndReadsBack() {
    String file = folder.resolve("tiny.gguf").toString();
    Ran ran = small("export", tiny, file, "--preset", "Q8_0", "--important", "--own-head");
    assertThat(ran.err()).doesNotContain("secateur:");
    assertThat(ran.out()).contains(file + ": GGUF Q8_0, calibrated, own head", "opens in: llama.cpp, GPT4All").containsPattern("perplexity   \\d+\\.\\d{3}, was \\d+\\.\\d{3} \\([+-]0\\.\\d\\d %\\)")
        .containsPattern("llama\\.cpp    \\d+\\.\\d{3} \\([+-]0\\.\\d\\d %\\) on a CPU");
    assertThat(small("eval", file).out()).contains("2 blocks of width 32");
    String directory = folder.resolve("dense").toString();
    assertThat(small("export", file, directory, "--as", "DenseLayout.float32()").out()).contains("Hugging Face F32", "opens in: Secateur, transformers", "(+0.00 %)").doesNotContain("on a CPU");
  }

  @Test
  void distilsAndSavesTheStudent() {
    String out = folder.resolve("taught").toString();
    Ran ran = small("distill", tiny, "DropLayers(1).then(new LogitKd(Llm.load(\"" + tiny + "\"), 2).batch(1))", "--out", out);
    assertThat(ran.code()).isZero();
    assertThat(ran.out()).contains("drop layers 1 + logit KD forward KL from ");
    assertThat(small("eval", out).out()).contains("1 blocks of width 32");
  }

  @Test
  void comparesAndWritesFiles() throws IOException {
    Path html = folder.resolve("new/report.html");
    Path csv = folder.resolve("new/table.csv");
    Ran ran = small("compare", tiny, "Wanda(0.5)", "new Wanda(0.5).then(new Rtn(4))", "--html", html.toString(), "--csv", csv.toString());
    assertThat(ran.code()).isZero();
    assertThat(ran.out()).contains("dense ", "Wanda 50% ", "Wanda 50% + RTN 4-bit", "Protocol: java:test (sha256 ");
    assertThat(Files.readString(csv)).startsWith("method,perplexity,").hasLineCount(4);
    assertThat(html).content().contains("<table", "<svg ");
  }

  @Test
  void keepsWhatWasFinishedBeforeAFailure() {
    Ran ran = small("compare", tiny, "Wanda(0.5)", "Gptq(4).group(7)", "Rtn(4)");
    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.out()).contains("Wanda 50%").doesNotContain("RTN");
    assertThat(ran.err()).contains("groups of 7 do not divide the 32 inputs");
  }

  @Test
  void measuresLayersWithoutZeros() throws IOException {
    Path csv = folder.resolve("new/sparse.csv");
    Ran ran = run("bench-layers", "--shape", "32x48,64x64", "--tokens", "1,3", "--runs", "2", "--csv", csv.toString());
    assertThat(ran.code()).isZero();
    assertThat(ran.out()).startsWith("Device: ").contains("cuSPARSELt: ", "weight-only: ", "2:4 unpacked", "bitmask", "4-bit", "Protocol: ");
    assertThat(Files.readString(csv)).startsWith("shape,tokens,form,").contains("32x48,3.0,bitmask,");
    assertThat(run("bench-layers", "--shape", "64").err()).contains("shape '64'", "4096x4096");
  }

  @Test
  void demoWritesTableChartsAndReport() {
    Path out = folder.resolve("demo");
    Ran ran = small("demo", "--model", tiny, "--out", out.toString());
    assertThat(ran.code()).isZero();
    assertThat(ran.out()).startsWith("Device: ").contains("SparseGPT 2:4", "GPTQ 3-bit", "The model as it was:");
    assertThat(List.of("report.html", "table.csv", "perplexity-against-size.png", "error-by-layer.png", "sparsity-by-layer.png"))
        .allSatisfy(file -> assertThat(out.resolve(file)).isNotEmptyFile());
  }

  @Test
  void theSameSeedGeneratesTheSameText() {
    String[] line = {"generate", tiny, "int max(", "--tokens", "8", "--seed", "3"};
    assertThat(run(line).out()).startsWith("int max(").isEqualTo(run(line).out());
    assertThat(run(line).out()).isNotEqualTo(run("generate", tiny, "int max(", "--tokens", "8", "--seed", "4").out());
  }

  @Test
  void aScriptStopsAtTheLineThatFails() throws IOException {
    Path good = Files.writeString(folder.resolve("good.jsh"), "int half(int x) {\n  return 10 / x;\n}\n");
    Path bad = Files.writeString(folder.resolve("bad.jsh"), "\n// a comment\nSystem.out.println(half(2));\n\nhalf(0);\nSystem.out.println(7);\n");
    Ran ran = run("script", good.toString(), bad.toString());
    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.out().lines()).containsExactly("5");
    assertThat(ran.err()).isEqualToNormalizingNewlines("secateur: " + bad + ", line 5: / by zero\n  half(0);\n");
    assertThat(run("script", good.toString()).code()).isZero();
  }

  @Test
  void aScriptThatDoesNotCompileNamesTheLine() throws IOException {
    Path bad = Files.writeString(folder.resolve("wrong.jsh"), "var a =\n  1;\n\nint b =\n  a.length();\n");
    assertThat(run("script", bad.toString()).err()).startsWith("secateur: " + bad + ", line 5: int cannot be dereferenced");
  }

  @Test
  void installsTheKernelUnderAPrefix() {
    assertThat(run("kernel", "install", "--prefix", folder.toString()).code()).isZero();
    Path spec = folder.resolve("share/jupyter/kernels/secateur");
    assertThat(spec.resolve("kernel.json")).content().contains("{resource_dir}/start.sh", "interrupt_mode");
    assertThat(spec.resolve("start.sh")).content().contains("secateur.kernel.SecateurKernel");
  }
}
