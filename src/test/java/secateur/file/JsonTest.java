package secateur.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {

  @TempDir
  private Path folder;

  private void refused(byte[] json, String word) throws IOException {
    Path file = Files.write(folder.resolve("config.json"), json);
    assertTimeoutPreemptively(Duration.ofSeconds(5), () -> assertThatThrownBy(() -> Json.read(file)).isInstanceOf(MalformedFileException.class)
        .hasMessageStartingWith(file + ": ").hasMessageContaining(word).hasMessageNotContainingAny("\n", "Exception"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "{\"a\":"})
  void aHundredThousandLevels(String open) throws IOException {
    refused(("{\"a\":" + open.repeat(100_000)).getBytes(StandardCharsets.UTF_8), "Nesting limit");
  }

  @Test
  void noUtf8() throws IOException {
    refused("{\"a\":\"\u00ff\"}".getBytes(StandardCharsets.ISO_8859_1), "UTF-8");
  }

  @Test
  void oneKeyTwice() throws IOException {
    refused("{\"a\\u001b[2J\":1,\"a\\u001b[2J\":1}".getBytes(StandardCharsets.UTF_8), "'a?[2J' stands there twice");
  }

  @Test
  void above64MiB() throws IOException {
    Path file = folder.resolve("large.json");
    try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
      out.setLength((64 << 20) + 1);
    }
    assertThatThrownBy(() -> Json.read(file)).isInstanceOf(MalformedFileException.class).hasMessageContainingAll("67108865 bytes", "67108864");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e999999999", "-1e999999999", "1e-999999999"})
  void aNumberOfManyDigitsIsNotWrittenOut(String number) throws IOException {
    Path file = Files.writeString(folder.resolve("config.json"), "{\"a\":" + number + "}");
    assertTimeoutPreemptively(Duration.ofSeconds(5), () -> {
      var value = Json.read(file).get("a");
      assertThatThrownBy(value::getAsInt).isInstanceOf(NumberFormatException.class);
      assertThatThrownBy(value::getAsLong).isInstanceOf(NumberFormatException.class);
      assertThatThrownBy(value::getAsBigDecimal).isInstanceOf(NumberFormatException.class);
    });
  }
}
