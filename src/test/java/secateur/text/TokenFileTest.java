package secateur.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenFileTest {
  private final Tokenizer tokenizer = Tokenizer.bundled("secateur/models/java-8m");

  @Test
  void documentsAreEndedAndStoredInTwoBytes(@TempDir Path folder) throws Exception {
    var file = TokenFile.write(folder.resolve("x.u16"), Stream.of("public", "void m()"), tokenizer);
    var first = tokenizer.encode("public");
    var second = tokenizer.encode("void m()");
    assertThat(file.size()).isEqualTo(first.length + second.length + 2);
    assertThat(file.ids(0, first.length)).isEqualTo(first);
    assertThat(file.ids(first.length, 1)).containsExactly(0);
    assertThat(file.ids(first.length + 1, second.length)).isEqualTo(second);
    assertThat(Files.size(folder.resolve("x.u16"))).isEqualTo(2L * file.size());
  }

  @Test
  void bytesAreLittleEndianAndUnsigned(@TempDir Path folder) throws Exception {
    var path = Files.write(folder.resolve("x.u16"), new byte[] {1, 2, -1, -1});
    assertThat(TokenFile.open(path).ids(0, 2)).containsExactly(0x0201, 0xFFFF);
  }

  @Test
  void samplesAreSlicesUpToTheLastId(@TempDir Path folder) throws Exception {
    var path = Files.write(folder.resolve("x.u16"), new byte[] {0, 0, 1, 0, 2, 0, 3, 0});
    var slices = TokenFile.open(path).sample(100, 3, new Random(1));
    assertThat(Arrays.stream(slices).map(Arrays::toString).distinct()).containsExactlyInAnyOrder("[0, 1, 2]", "[1, 2, 3]");
    assertThatThrownBy(() -> TokenFile.open(path).sample(1, 5, new Random(1))).hasMessageContaining("5").hasMessageContaining("4");
  }

  @Test
  void offsetsAreChecked(@TempDir Path folder) throws Exception {
    var path = Files.write(folder.resolve("x.u16"), new byte[4]);
    assertThatThrownBy(() -> TokenFile.open(path).ids(1, 2)).hasMessageContaining("ids 1 to 3").hasMessageContaining("2");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 3})
  void oddFilesAreRefused(int bytes, @TempDir Path folder) throws Exception {
    var path = Files.write(folder.resolve("x.u16"), new byte[bytes]);
    assertThatThrownBy(() -> TokenFile.open(path)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining(bytes + " bytes");
  }
}
