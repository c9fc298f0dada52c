package secateur.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import secateur.OpenFiles;

class CheckpointTest {

  @TempDir
  private Path folder;

  @AfterEach
  void nothingIsLeftOpen() {
    assertThat(OpenFiles.under(folder)).isEmpty();
  }

  private void shard(String file, String tensor, int value) {
    RawSafetensors.write(folder.resolve(file),
        "{\"%s\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,1]}}".formatted(tensor), (byte) value);
  }

  private void index(String json) throws IOException {
    Files.writeString(folder.resolve("model.safetensors.index.json"), json);
  }

  private void refused(Class<? extends Exception> type, String... words) {
    assertThatThrownBy(() -> Checkpoint.open(folder)).isInstanceOf(type).hasMessageContainingAll(words)
        .hasMessageContaining(folder.toString()).hasMessageNotContainingAny("\n", "Exception:");
  }

  @Test
  void shardsReadAsOne() throws IOException {
    shard("one.safetensors", "a", 1);
    shard("two.safetensors", "b", 2);
    index("{\"weight_map\":{\"a\":\"one.safetensors\",\"b\":\"two.safetensors\"}}");
    Checkpoint checkpoint = Checkpoint.open(folder);
    assertThat(checkpoint.names()).containsExactly("a", "b");
    try (NDArray b = checkpoint.read("b")) {
      assertThat(b.toUint8Array()).containsExactly(2);
    }
  }

  @Test
  void aMissingShard() throws IOException {
    index("{\"weight_map\":{\"a\":\"one.safetensors\"}}");
    refused(IllegalArgumentException.class, "one.safetensors");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../one.safetensors", "sub/one.safetensors", "/etc/passwd", "sub/../../one.safetensors"})
  void aShardOutside(String shard) throws IOException {
    index("{\"weight_map\":{\"a\":\"" + shard + "\"}}");
    refused(MalformedFileException.class, shard, "outside");
  }

  @Test
  void aTensorThatItsShardLacks() throws IOException {
    shard("one.safetensors", "a", 1);
    index("{\"weight_map\":{\"b\":\"one.safetensors\"}}");
    refused(MalformedFileException.class, "'b'", "one.safetensors");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[]", "{}", "{\"weight_map\":[]}", "{\"weight_map\":{\"a\":1}}", "{\"weight_map\":{\"a\":null}}",
      "{\"weight_map\":{\"a\":{}}}", "{\"weight_map\":{\"a\":\"\\u0000\"}}"})
  void anIndexThatIsNone(String json) throws IOException {
    index(json);
    assertThatThrownBy(() -> Checkpoint.open(folder)).isInstanceOfAny(MalformedFileException.class, IllegalArgumentException.class)
        .hasMessageContaining(folder.toString());
  }

  @Test
  void anEmptyDirectory() {
    refused(IllegalArgumentException.class, "model.safetensors", "model.safetensors.index.json");
  }

  @Test
  void aPickleIsNeverRead() throws IOException {
    Files.write(folder.resolve("pytorch_model.bin"), new byte[] {(byte) 0x80, 2});
    refused(IllegalArgumentException.class, "pytorch_model.bin", "pickle", "convert");
  }

  @Test
  void aMissingTensor() {
    shard("model.safetensors", "a", 1);
    assertThatThrownBy(() -> Checkpoint.open(folder).read("b")).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("'b'");
  }
}
