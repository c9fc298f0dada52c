package secateur.model;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import secateur.Directories;
import secateur.tensor.Scope;

/** A bfloat16 checkpoint becomes float16 where its numbers allow it. */
class Float16OverflowTest {

  @TempDir
  Path folder;

  @Test
  void becomesFloat16WhereItFits() {
    assertThat(loaded(1f)).containsExactly(DataType.FLOAT16, DataType.FLOAT16);
  }

  @Test
  void staysFloat32WhereItDoesNot() {
    assertThat(loaded(1e6f)).containsExactly(DataType.FLOAT32, DataType.FLOAT32);
  }

  /** The types of the head in memory and on disk, its weights scaled by {@code factor}, when float16 is asked for. */
  private DataType[] loaded(float factor) {
    Directories.configured("llama", folder, config -> {});
    try (Scope scope = new Scope()) {
      Map<String, NDArray> tensors = Directories.tensors("llama");
      tensors.computeIfPresent("lm_head.weight", (name, head) -> head.mul(factor));
      Bfloat16.write(folder.resolve("model.safetensors"), tensors);
    }
    try (Llm model = Loader.load(Source.find(folder.toString()), DataType.FLOAT16)) {
      return new DataType[] {((Dense) model.head()).matrix().getDataType(), model.head().stored()};
    }
  }
}
