package secateur.notebooks;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import secateur.kernel.KernelSpec;

/** Every notebook and lecture runs from top to bottom under Debian's Jupyter, and is committed with its outputs. */
class NotebooksTest {

  @TempDir
  Path directory;

  static List<Path> notebooks() throws IOException {
    List<Path> notebooks = new ArrayList<>();
    for (Path folder : List.of(Path.of("notebooks"), Path.of("tutorials", "source"))) {
      if (Files.isDirectory(folder)) {
        try (Stream<Path> files = Files.walk(folder)) {
          files.filter(file -> file.toString().endsWith(".ipynb") && !file.endsWith("exercise.ipynb")).sorted().forEach(notebooks::add);
        }
      }
    }
    return notebooks;
  }

  @ParameterizedTest
  @MethodSource("notebooks")
  void runs(Path notebook) throws IOException, InterruptedException {
    KernelSpec.install(directory.resolve("kernels"));
    Path log = directory.resolve("log");
    ProcessBuilder jupyter = new ProcessBuilder("/usr/bin/jupyter", "nbconvert", "--to", "notebook", "--execute",
        "--ExecutePreprocessor.timeout=900", "--output-dir", directory.toString(), notebook.toAbsolutePath().toString());
    jupyter.environment().put("JUPYTER_PATH", directory.toString());
    int status = jupyter.redirectErrorStream(true).redirectOutput(log.toFile()).start().waitFor();
    assertThat(status).as(Files.readString(log)).isZero();
    assertThat(kinds(directory.resolve(notebook.getFileName()))).contains("text/html", "image/png")
        .doesNotContain("stderr", "error");
  }

  @ParameterizedTest
  @MethodSource("notebooks")
  void isCommittedWithOutputs(Path notebook) throws IOException {
    assertThat(kinds(notebook)).contains("text/html", "image/png").doesNotContain("stderr", "error");
  }

  /** The types, stream names and MIME types of all outputs. */
  private static List<String> kinds(Path notebook) throws IOException {
    List<String> kinds = new ArrayList<>();
    JsonObject json = JsonParser.parseString(Files.readString(notebook)).getAsJsonObject();
    for (JsonElement cell : json.getAsJsonArray("cells")) {
      if (cell.getAsJsonObject().has("outputs")) {
        cell.getAsJsonObject().getAsJsonArray("outputs").forEach(output -> kinds.addAll(kinds(output.getAsJsonObject())));
      }
    }
    return kinds;
  }

  private static List<String> kinds(JsonObject output) {
    List<String> kinds = new ArrayList<>(List.of(output.get("output_type").getAsString()));
    if (output.has("name")) {
      kinds.add(output.get("name").getAsString());
    }
    if (output.has("data")) {
      kinds.addAll(output.getAsJsonObject("data").keySet());
    }
    return kinds;
  }
}
