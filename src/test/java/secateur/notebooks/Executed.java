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
import secateur.kernel.KernelSpec;

/** Notebooks with outputs. */
final class Executed {

  private Executed() {}

  /** Notebooks below {@code folder} whose names end in {@code ending}. */
  static List<Path> below(Path folder, String ending) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(ending)).sorted().toList();
    }
  }

  /** Runs {@code notebook} from top to bottom under Debian's Jupyter, in {@code directory}. */
  static void runs(Path notebook, Path directory) throws IOException, InterruptedException {
    KernelSpec.install(directory.resolve("kernels"));
    Path log = directory.resolve("log");
    ProcessBuilder jupyter = new ProcessBuilder("/usr/bin/jupyter", "nbconvert", "--to", "notebook", "--execute",
        "--ExecutePreprocessor.timeout=900", "--ExecutePreprocessor.startup_timeout=300", "--output-dir", directory.toString(), notebook.toAbsolutePath().toString());
    jupyter.environment().put("JUPYTER_PATH", directory.toString());
    jupyter.environment().put("SECATEUR_JVM_OPTS", "-XX:TieredStopAtLevel=1"); // they are over before more of it pays
    int status = jupyter.redirectErrorStream(true).redirectOutput(log.toFile()).start().waitFor();
    assertThat(status).as(Files.readString(log)).isZero();
    hasOutputs(directory.resolve(notebook.getFileName()));
  }

  /** Tables, pictures, and no errors. */
  static void hasOutputs(Path notebook) throws IOException {
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
