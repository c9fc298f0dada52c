package secateur.file;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskSpaceTest {

  @TempDir
  private Path folder;

  @Test
  void roomIsLookedForWhereTheFolderWillBe() {
    assertThatCode(() -> DiskSpace.check(folder.resolve("not").resolve("there"), 1)).doesNotThrowAnyException();
    assertThatThrownBy(() -> DiskSpace.check(folder.resolve("not").resolve("there"), Long.MAX_VALUE))
        .isInstanceOf(IllegalStateException.class).hasMessageContaining("not/there needs");
  }

  @Test
  void theErrorNamesBothFigures() {
    assertThatThrownBy(() -> DiskSpace.check(Path.of("out"), 3 << 20, 1 << 20)).hasMessage("out needs 3.0 MiB, but 1.0 MiB are free on its disk");
  }
}
