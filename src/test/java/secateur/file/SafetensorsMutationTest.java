package secateur.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import secateur.Mutations;

/** Fuzzing that every run of the tests does, with the same files each time. */
class SafetensorsMutationTest {

  private static final int FILES = 50_000;

  @Test
  void mutatedFilesAreReadOrRefused() {
    int read = assertTimeoutPreemptively(Duration.ofMinutes(1), SafetensorsMutationTest::read);
    assertThat(read).isBetween(FILES / 100, FILES / 2);
  }

  private static int read() throws IOException {
    Mutations mutations = new Mutations(20_261_126, seeds(), words());
    int read = 0;
    for (int i = 0; i < FILES; i++) {
      read += SafetensorsProperty.holds(mutations.next()) ? 1 : 0;
    }
    return read;
  }

  static List<byte[]> seeds() {
    return List.of(SafetensorsCorpusTest.good(), SafetensorsCorpusTest.file("{\"a\":{\"dtype\":\"F16\",\"shape\":[1,2],\"data_offsets\":[4,8]},"
        + "\"\\u0062\":{\"dtype\":\"U8\",\"shape\":[0],\"data_offsets\":[0,0]},\"c\":{\"dtype\":\"BF16\",\"shape\":[2],\"data_offsets\":[0,4]}}"));
  }

  private static List<byte[]> words() {
    return Stream.of("\"", "{", "}", "[", "]", ",", ":", "0", "1", "8", "-1", "1e9", "\\", "\\u", "\\ud83c", "\\udf31", " ", "\n", "\"dtype\"", "\"shape\"",
        "\"data_offsets\"", "\"F32\"", "\"U8\"", "null", "9223372036854775807", "\"__metadata__\":{},").map(word -> word.getBytes(StandardCharsets.UTF_8)).toList();
  }
}
