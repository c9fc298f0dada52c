package secateur.notebooks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every notebook runs from top to bottom, and is committed with its outputs. */
class NotebooksTest {

  @TempDir
  Path directory;

  static List<Path> notebooks() throws IOException {
    return Executed.below(Path.of("notebooks"), ".ipynb");
  }

  @ParameterizedTest
  @MethodSource("notebooks")
  void runs(Path notebook) throws IOException, InterruptedException {
    Executed.runs(notebook, directory);
  }

  @ParameterizedTest
  @MethodSource("notebooks")
  void isCommittedWithOutputs(Path notebook) throws IOException {
    Executed.hasOutputs(notebook);
  }
}
