package secateur.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import secateur.OpenFiles;

/** Files that lie: one clear sentence each, and nothing left open. */
class MalformedSafetensorsTest {

  @TempDir
  private Path folder;

  @AfterEach
  void nothingIsLeftOpen() {
    assertThat(OpenFiles.under(folder)).isEmpty();
  }

  private void refused(Path file, String... words) {
    assertThatThrownBy(() -> Safetensors.open(file)).isInstanceOf(MalformedFileException.class)
        .hasMessageStartingWith(file + ": ").hasMessageContainingAll(words)
        .hasMessageNotContainingAny("\n", "Exception", "null");
  }

  /** A file with this header and {@code bytes} bytes of data. */
  private Path file(String header, int bytes) {
    return RawSafetensors.write(folder.resolve("bad.safetensors"), header, new byte[bytes]);
  }

  private static String tensor(String name, String type, String shape, String offsets) {
    return "\"%s\":{\"dtype\":\"%s\",\"shape\":%s,\"data_offsets\":%s}".formatted(name, type, shape, offsets);
  }

  @Test
  void aGoodOneIsOpened() {
    assertThat(Safetensors.open(file("{" + tensor("x", "F32", "[1,2]", "[0,8]") + "}", 8)).entries()).containsOnlyKeys("x");
  }

  @Test
  void shorterThanItsFirstNumber() throws IOException {
    refused(Files.write(folder.resolve("short"), new byte[7]), "at least 8 bytes", "7");
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, Long.MIN_VALUE, Long.MAX_VALUE, 1L << 32, 13, 0, 1})
  void aWrongHeaderLength(long length) {
    refused(RawSafetensors.write(folder.resolve("length"), length, "{          }"), Long.toUnsignedString(length));
  }

  @Test
  void truncated() {
    refused(file("{" + tensor("x", "F32", "[4]", "[0,16]") + "}", 15), "truncated");
  }

  @Test
  void bytesAfterTheLastTensor() {
    refused(file("{" + tensor("x", "F32", "[4]", "[0,16]") + "}", 17), "the file has");
  }

  @ParameterizedTest
  @ValueSource(strings = {"hello", "[1,2]", "{\"x\":", "{\"x\":3}", "{\"x\":{}}", "{\"x\":null}", "{]"})
  void aHeaderThatIsNoHeader(String header) {
    refused(file(header, 0), folder.toString());
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      an unknown type           | F31 | [1]          | [0,4]      | F31
      a type not read here      | C64 | [1]          | [0,8]      | C64
      too few bytes             | F32 | [2,2]        | [0,8]      | needs 16 bytes
      too many bytes            | F32 | [1]          | [0,8]      | needs 4 bytes
      a negative dimension      | F32 | [-1]         | [0,4]      | tensor 'x'
      two negative dimensions   | F32 | [-1,-2]      | [0,8]      | tensor 'x'
      an overflowing product    | F32 | [4611686018427387904,4] | [0,0] | 'x'
      a dimension beyond 2^64   | F32 | [18446744073709551617]  | [0,4] | 'x'
      half a dimension          | F32 | [1.5]        | [0,4]      | 'x'
      no list of dimensions     | F32 | 1            | [0,4]      | 'x'
      one offset                | F32 | [1]          | [0]        | 'x'
      three offsets             | F32 | [1]          | [0,4,8]    | 'x'
      offsets the wrong way     | F32 | [1]          | [4,0]      | 'x'
      a negative offset         | F32 | [1]          | [-4,0]     | 'x'
      offsets past the end      | F32 | [1]          | [4,8]      | 'x'
      an overflowing offset     | F32 | [1]          | [9223372036854775804,9223372036854775807] | 'x'
      """)
  void anEntryThatLies(String what, String type, String shape, String offsets, String word) {
    refused(file("{" + tensor("x", type, shape, offsets) + "}", 4), word);
  }

  @Test
  void tensorsThatOverlap() {
    refused(file("{" + tensor("a", "F32", "[2]", "[0,8]") + "," + tensor("b", "F32", "[2]", "[4,12]") + "}", 12), "'b'", "expected");
  }

  @Test
  void aHoleBetweenTensors() {
    refused(file("{" + tensor("a", "F32", "[1]", "[0,4]") + "," + tensor("b", "F32", "[1]", "[8,12]") + "}", 12), "'b'", "expected");
  }

  @Test
  void aHoleAtTheBeginning() {
    refused(file("{" + tensor("a", "F32", "[1]", "[4,8]") + "}", 8), "'a'", "expected");
  }

  @Test
  void oneNameTwice() {
    String x = tensor("x", "F32", "[1]", "[0,4]");
    refused(file("{" + x + "," + x + "}", 4), "x");
  }

  @Test
  void aMissingFile() {
    Path file = folder.resolve("none.safetensors");
    assertThatThrownBy(() -> Safetensors.open(file)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining(file.toString());
  }

  @Test
  void aMissingTensor() {
    Safetensors good = Safetensors.open(file("{" + tensor("x", "F32", "[1]", "[0,4]") + "}", 4));
    assertThatThrownBy(() -> good.read("y")).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("'y'");
  }
}
