package secateur.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {

  @TempDir
  private Path folder;

  private static ByteBuffer text(String text) {
    return StandardCharsets.UTF_8.encode(text);
  }

  @Test
  void theNewReplacesTheOld() throws IOException {
    Path file = Files.writeString(folder.resolve("a"), "old, and longer");
    AtomicFile.write(file, out -> out.write(text("new")));
    assertThat(file).hasContent("new");
  }

  @Test
  void aMissingFolderIsMade() {
    AtomicFile.write(folder.resolve("b/c/a"), out -> out.write(text("new")));
    assertThat(folder.resolve("b/c/a")).hasContent("new");
  }

  @Test
  void afterAFailureTheOldIsThereAndNothingElse() throws IOException {
    Path file = Files.writeString(folder.resolve("a"), "old");
    assertThatThrownBy(() -> AtomicFile.write(file, out -> {
      out.write(text("half of the n"));
      throw new IOException("disk full");
    })).isInstanceOf(UncheckedIOException.class).hasMessageContainingAll("cannot write " + file, "disk full");
    assertThat(file).hasContent("old");
    assertThat(folder).isDirectoryContaining(each -> each.equals(file)).isDirectoryNotContaining(each -> !each.equals(file));
  }

  @Test
  void anUncheckedFailureIsNoDifferent() throws IOException {
    Path file = Files.writeString(folder.resolve("a"), "old");
    assertThatThrownBy(() -> AtomicFile.write(file, out -> {
      throw new IllegalStateException("array is closed");
    })).hasMessage("array is closed");
    assertThat(file).hasContent("old");
    assertThat(folder).isDirectoryNotContaining(each -> !each.equals(file));
  }
}
