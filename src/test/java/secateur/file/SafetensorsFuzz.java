package secateur.file;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import secateur.MalformedFile;

/**
 * The reader under Jazzer, for ten million files: {@code JAZZER_FUZZ=1 mvn test -Dtest=SafetensorsFuzz}. No part of the ordinary tests,
 * whose one JVM Jazzer's agent would instrument; they read these seeds, and mutations of them, without it.
 */
class SafetensorsFuzz {

  static Stream<Arguments> seeds() {
    return Stream.concat(SafetensorsMutationTest.seeds().stream(), SafetensorsCorpusTest.cases().map(MalformedFile::bytes)
        .filter(bytes -> bytes.length < 4096)).map(bytes -> Arguments.of((Object) bytes));
  }

  @MethodSource("seeds")
  @FuzzTest(maxDuration = "", maxExecutions = 10_000_000)
  void anyBytes(byte[] bytes) throws IOException {
    SafetensorsProperty.holds(bytes);
  }
}
