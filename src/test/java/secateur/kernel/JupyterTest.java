package secateur.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The kernel under Debian's Jupyter: its own test suite, and a notebook executed by nbconvert. */
class JupyterTest {

  private static final String PYTHON = "/usr/bin/python3";

  @TempDir
  Path directory;

  @BeforeEach
  void needsPython() {
    assertThat(Path.of(PYTHON)).as("Jupyter's tests need Debian's Python: apt-get install jupyter-client jupyter-nbconvert"
        + " python3-jupyter-kernel-test").exists();
  }

  private void install(Jdk jdk, String... options) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(jdk.java().toString(), "-cp", System.getProperty("java.class.path"),
        "secateur.cli.Main", "kernel", "install", "--prefix", directory.toString()));
    command.addAll(List.of(options));
    run(command.toArray(String[]::new));
  }

  @ParameterizedTest
  @MethodSource("secateur.kernel.Jdk#all")
  void aKernelIsAWellBehavedProcess(Jdk jdk) throws IOException, InterruptedException {
    install(jdk);
    String output = run(PYTHON, Path.of("src/test/python/kernel_process.py").toAbsolutePath().toString());
    assertThat(output).contains("Ran 18 tests").endsWith("OK\n");
  }

  @ParameterizedTest
  @MethodSource("secateur.kernel.Jdk#all")
  void startsFromItsArchive(Jdk jdk) throws IOException, InterruptedException {
    install(jdk, "--archive");
    String output = run(PYTHON, Path.of("src/test/python/kernel_start.py").toAbsolutePath().toString(), "1");
    assertThat(output).contains("first").doesNotContain("secateur:", "warning", "rror");
  }

  @ParameterizedTest
  @MethodSource("secateur.kernel.Jdk#all")
  void passesJupytersOwnSuite(Jdk jdk) throws IOException, InterruptedException {
    install(jdk);
    Path suite = Path.of("src/test/python/kernel_suite.py").toAbsolutePath();
    String output = run(PYTHON, "-c", "import sys, runpy\n"
        + "try:\n    import jupyter_kernel_test\n"
        + "except ImportError:\n    sys.exit('the package python3-jupyter-kernel-test is missing: apt-get install it')\n"
        + "runpy.run_path(r'" + suite + "', run_name='__main__')");
    assertThat(output).contains("Ran 12 tests").endsWith("OK\n").doesNotContain("skipped", "FAIL");
  }

  @ParameterizedTest
  @MethodSource("secateur.kernel.Jdk#all")
  void executesANotebook(Jdk jdk) throws IOException, InterruptedException {
    install(jdk);
    List<JsonObject> cells = execute(List.of(
        "int x = 6;\nSystem.out.println(\"é\");\nx * 7",
        LAB,
        "%prune Magnitude(0.5)",
        "%chart sparsity",
        "%%compare\nWanda(0.5)\nRtn(4)  // four bits",
        "lab.model()",
        "lab.model().layer(\"0.q\").weight()",
        "%undo",
        "%prune Magnitude(1.5)",
        "%prun x",
        "x + 1"));
    assertThat(text(cells.get(0), "stream")).isEqualTo("é\n");
    assertThat(data(cells.get(0), "execute_result", "text/plain")).isEqualTo("42");
    assertThat(data(cells.get(2), "execute_result", "text/html")).contains("<table", "Magnitude", "perplexity");
    assertThat(data(cells.get(2), "display_data", "text/plain")).containsPattern("Magnitude 50%: done( in \\d+ s)?, perplexity \\d");
    assertThat(data(cells.get(3), "execute_result", "image/png")).startsWith("iVBORw0KGgo");
    assertThat(data(cells.get(4), "execute_result", "text/html")).contains("Wanda", "RTN");
    assertThat(data(cells.get(5), "execute_result", "text/html")).contains("llama", "Dense(");
    assertThat(data(cells.get(6), "execute_result", "text/plain")).contains("NDArray (", "float32");
    assertThat(error(cells.get(8)).get("ename").getAsString()).isEqualTo("java.lang.IllegalArgumentException");
    assertThat(error(cells.get(8)).get("evalue").getAsString()).contains("1.5");
    assertThat(error(cells.get(9)).get("evalue").getAsString()).contains("did you mean %prune?");
    assertThat(data(cells.get(10), "execute_result", "text/plain")).isEqualTo("7");
  }

  private static final String LAB = """
      var ids = new long[2][32];
      for (long[] row : ids) { Arrays.setAll(row, i -> (i * 7) %% 50); }
      var lab = new Lab(Llm.load("%s"), Windows.of(ids), Windows.of(ids));
      """.formatted(Path.of("src/test/resources/golden/models/llama").toAbsolutePath());

  private List<JsonObject> execute(List<String> sources) throws IOException, InterruptedException {
    JsonArray cells = new JsonArray();
    sources.forEach(source -> cells.add(new Gson().toJsonTree(Map.of("cell_type", "code", "source", source,
        "metadata", Map.of(), "outputs", List.of()))));
    cells.forEach(cell -> cell.getAsJsonObject().add("execution_count", JsonNull.INSTANCE));
    JsonObject notebook = new Gson().toJsonTree(Map.of("nbformat", 4, "nbformat_minor", 4, "metadata", Map.of("kernelspec",
        Map.of("name", "secateur", "display_name", "Secateur (Java)", "language", "java")))).getAsJsonObject();
    notebook.add("cells", cells);
    Path file = Files.writeString(directory.resolve("in.ipynb"), new GsonBuilder().serializeNulls().create().toJson(notebook));
    run(PYTHON, "-m", "nbconvert", "--to", "notebook", "--execute", "--allow-errors", "--output", "out.ipynb", file.toString());
    JsonObject done = new Gson().fromJson(Files.readString(directory.resolve("out.ipynb")), JsonObject.class);
    return list(done.getAsJsonArray("cells"));
  }

  private String run(String... command) throws IOException, InterruptedException {
    Path log = directory.resolve("log.txt");
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().put("JUPYTER_PATH", directory.resolve(Path.of("share", "jupyter")).toString());
    builder.environment().put("HOME", directory.toString());
    int exit = builder.start().waitFor();
    String output = Files.readString(log);
    assertThat(exit).as("%s ended so:%n%s", String.join(" ", command), output).isZero();
    return output;
  }

  private static List<JsonObject> list(JsonArray array) {
    return StreamSupport.stream(array.spliterator(), false).map(JsonElement::getAsJsonObject).toList();
  }

  private static JsonObject output(JsonObject cell, String type) {
    return list(cell.getAsJsonArray("outputs")).stream().filter(output -> output.get("output_type").getAsString().equals(type))
        .findFirst().orElseThrow(() -> new AssertionError("no " + type + " in " + cell));
  }

  private static JsonObject error(JsonObject cell) {
    return output(cell, "error");
  }

  private static String text(JsonObject cell, String type) {
    return join(output(cell, type).get("text"));
  }

  private static String data(JsonObject cell, String type, String mime) {
    JsonObject data = output(cell, type).getAsJsonObject("data");
    assertThat(data.keySet()).as("of %s", cell).contains(mime, "text/plain");
    return join(data.get(mime));
  }

  private static String join(JsonElement lines) {
    return lines.isJsonArray() ? StreamSupport.stream(lines.getAsJsonArray().spliterator(), false)
        .map(JsonElement::getAsString).reduce("", String::concat) : lines.getAsString();
  }
}
