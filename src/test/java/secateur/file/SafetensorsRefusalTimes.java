package secateur.file;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import secateur.MalformedFile;

/** How long refusals take: {@code mvn test -Dtest='*RefusalTimes'}. No part of the ordinary tests. */
class SafetensorsRefusalTimes {

  @Test
  void each(@TempDir Path folder) throws IOException {
    MalformedFile.time(folder, SafetensorsCorpusTest.cases(), Safetensors::open, SafetensorsCorpusTest.header(folder.resolve("header")));
  }
}
