package secateur.gguf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import secateur.Mutations;

/** Fuzzing that every run of the tests does, with the same files each time. */
class GgufMutationTest {

  private static final int FILES = 50_000;

  @Test
  void mutatedFilesAreReadOrRefused() {
    int read = assertTimeoutPreemptively(Duration.ofMinutes(1), GgufMutationTest::read);
    assertThat(read).isBetween(FILES / 100, FILES / 2);
  }

  private static int read() throws IOException {
    Mutations mutations = new Mutations(20_261_126, List.of(new GgufSeed().bytes()), words());
    int read = 0;
    for (int i = 0; i < FILES; i++) {
      read += GgufProperty.holds(mutations.next()) ? 1 : 0;
    }
    return read;
  }

  /** Whole pairs and pieces of them, so that some files are longer and good. */
  private static List<byte[]> words() {
    return List.of(new RawGguf().key("k", 4).i32(5).bytes(), new RawGguf().key("l", 9).i32(8).i64(1).string("s").bytes(),
        new RawGguf().key("general.alignment", 4).i32(64).bytes(), new RawGguf().string("x").i32(1).i64(8).i32(0).i64(0).bytes(),
        new RawGguf().i64(9).bytes(), new byte[32], new byte[] {(byte) 0xf0, (byte) 0x9f});
  }
}
