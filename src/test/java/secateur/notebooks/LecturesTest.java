package secateur.notebooks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every lecture of the course runs from top to bottom, and is committed with its outputs. */
class LecturesTest {

  @TempDir
  Path directory;

  static List<Path> lectures() throws IOException {
    return Executed.below(Path.of("tutorials", "source"), "lecture.ipynb");
  }

  @ParameterizedTest
  @MethodSource("lectures")
  void runs(Path notebook) throws IOException, InterruptedException {
    Executed.runs(notebook, directory);
  }

  @ParameterizedTest
  @MethodSource("lectures")
  void isCommittedWithOutputs(Path notebook) throws IOException {
    Executed.hasOutputs(notebook);
  }
}
