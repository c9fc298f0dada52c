package secateur.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import secateur.Golden;
import secateur.Living;
import secateur.export.HuggingFace;
import secateur.file.Checkpoint;
import secateur.file.Safetensors;
import secateur.file.SafetensorsWriter;
import secateur.method.Method;
import secateur.prune.Magnitude;
import secateur.prune.StoreSparse;
import secateur.prune.Wanda;
import secateur.tensor.Scope;

/** Layers without zeros on disk, right and wrong. */
class SparseFileTest {

  private static final String BITMASK = "model.layers.0.mlp.down_proj";
  private static final Method UNSTRUCTURED = new Wanda(0.5).then(new StoreSparse());
  private static final Method PAIRS = new Magnitude(2, 4).then(new StoreSparse());

  @TempDir
  private Path folder;

  private void save(Method method) {
    try (Llm model = Golden.model("llama"); Llm made = method.apply(model, Golden.windows("llama"))) {
      HuggingFace.save(made, folder);
    }
  }

  private void change(Consumer<Map<String, NDArray>> change) {
    Path path = folder.resolve("model.safetensors");
    Safetensors file = Safetensors.open(path);
    try (Scope scope = new Scope()) {
      Map<String, NDArray> tensors = new TreeMap<>();
      file.entries().keySet().forEach(name -> tensors.put(name, file.read(name)));
      change.accept(tensors);
      SafetensorsWriter.write(path, tensors);
    }
  }

  private void refused(Method method, String part, UnaryOperator<NDArray> change, String... words) {
    save(method);
    change(tensors -> {
      assertThat(tensors).containsKey(BITMASK + part);
      tensors.compute(BITMASK + part, (name, old) -> change.apply(old.duplicate()));
      tensors.values().removeIf(Objects::isNull);
    });
    Golden.model("llama").close();
    Living before = Living.settled();
    assertThatThrownBy(() -> Llm.load(folder.toString())).isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(BITMASK).hasMessageContainingAll(words);
    assertThat(Living.now()).isEqualTo(before);
  }

  private static UnaryOperator<NDArray> set(String place, long value) {
    return old -> {
      old.set(new NDIndex(place), value);
      return old;
    };
  }

  /** Element {@code at} of a byte matrix, flattened, changed by exclusive or. */
  private static UnaryOperator<NDArray> flipped(int at, int bits) {
    return old -> {
      byte[] bytes = old.toByteArray();
      bytes[at] ^= (byte) bits;
      return old.getManager().create(java.nio.ByteBuffer.wrap(bytes), old.getShape(), DataType.UINT8);
    };
  }

  @ParameterizedTest
  @CsvSource({"bitmask_f32, FLOAT32", "bitmask_f16, FLOAT16", "bitmask_bf16, FLOAT16", "pairs_f32, FLOAT32", "pairs_f16, FLOAT16", "pairs_bf16, FLOAT16"})
  void aLayerThatNumpyWrote(String name, DataType stored) {
    try (Scope scope = new Scope()) {
      Checkpoint checkpoint = Checkpoint.open(Golden.path("sparse"));
      NDArray wanted = checkpoint.read(name + ".weight").toType(DataType.FLOAT32, false);
      Sparse there = new SparseFile(checkpoint, name).read(wanted.getShape(), DataType.FLOAT32, null);
      assertThat(there).isInstanceOf(name.startsWith("pairs") ? Sparse24.class : Bitmask.class);
      assertThat(there.weight().toFloatArray()).isEqualTo(wanted.toFloatArray());
      assertThat(there.stored()).isEqualTo(stored);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"bitmask_f32", "pairs_f32"})
  void itIsWrittenAsNumpyDoes(String name) {
    try (Scope scope = new Scope()) {
      Checkpoint checkpoint = Checkpoint.open(Golden.path("sparse"));
      NDArray weight = checkpoint.read(name + ".weight");
      Dense dense = new Dense(weight, null, DataType.FLOAT32);
      Map<String, NDArray> made = SparseFile.tensors(name, name.startsWith("pairs") ? Sparse24.of(dense) : Bitmask.of(dense));
      assertThat(made.keySet()).containsExactlyElementsOf(
          checkpoint.names().stream().filter(each -> each.startsWith(name) && !each.endsWith(".weight")).toList());
      made.forEach((part, tensor) -> {
        assertThat(tensor.getShape()).as(part).isEqualTo(checkpoint.shape(part));
        assertThat(tensor.toByteBuffer()).as(part).isEqualTo(checkpoint.read(part).toByteBuffer());
      });
    }
  }

  @Test
  void theFormComesBack() {
    save(UNSTRUCTURED);
    try (Llm back = Llm.load(folder.toString())) {
      assertThat(back.layers().values()).allSatisfy(layer -> assertThat(layer).isInstanceOf(Bitmask.class));
    }
    save(PAIRS);
    try (Llm back = Llm.load(folder.toString())) {
      assertThat(back.layers().values()).allSatisfy(layer -> assertThat(layer).isInstanceOf(Sparse24.class));
    }
  }

  @Test
  void noShape() {
    refused(UNSTRUCTURED, ".shape", old -> null, ".shape", "is missing");
  }

  @Test
  void aShapeOfAnotherType() {
    refused(UNSTRUCTURED, ".shape", old -> old.toType(DataType.INT32, false), "I32", "two I64 are needed");
  }

  @Test
  void aShapeOfThreeNumbers() {
    refused(PAIRS, ".shape", old -> old.flatten().concat(old.flatten().get("0:1")), "I64 (3)");
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, 0, 171, 176, Long.MAX_VALUE})
  void aShapeThatLies(long inputs) {
    refused(UNSTRUCTURED, ".shape", set("1", inputs), "[64, " + inputs + "]", "(64, 172)");
  }

  @Test
  void aShorterBitMask() {
    refused(UNSTRUCTURED, ".bitmask", old -> old.get(":, 1:").duplicate(), ".bitmask", "(64, 21)", "(64, 22)");
  }

  @Test
  void aBitMaskOfAnotherType() {
    refused(PAIRS, ".bitmask", old -> old.toType(DataType.INT8, false), ".bitmask", "I8");
  }

  @Test
  void onesBeyondTheInputs() {
    refused(UNSTRUCTURED, ".bitmask", flipped(21, 0x30), ".bitmask", "2 ones beyond the 172 inputs");
  }

  @Test
  void anotherBitIsSet() {
    refused(UNSTRUCTURED, ".bitmask", flipped(22 * 5, 1), ".row_offsets", "row 6 begins at value");
  }

  @Test
  void aGroupOfThree() {
    refused(PAIRS, ".bitmask", old -> {
      byte[] bytes = old.toByteArray();
      bytes[22 * 3 + 2] = (byte) 0b01110101;
      return old.getManager().create(java.nio.ByteBuffer.wrap(bytes), old.getShape(), DataType.UINT8);
    }, ".bitmask", "3 ones in group 5 of row 3");
  }

  @Test
  void pairsWithoutOffsetsThatAreNone() {
    refused(UNSTRUCTURED, ".row_offsets", old -> null, ".bitmask", "a 2:4 layer has 2");
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, 0, 5504, Long.MIN_VALUE, Long.MAX_VALUE})
  void anOffsetThatIsWrong(long offset) {
    refused(UNSTRUCTURED, ".row_offsets", set("7", offset), ".row_offsets", "row 7 begins at value " + offset, "begins at 602");
  }

  @Test
  void tooFewOffsets() {
    refused(UNSTRUCTURED, ".row_offsets", old -> old.get("1:").duplicate(), ".row_offsets", "(63)", "(64)");
  }

  @Test
  void offsetsOfAnotherType() {
    refused(UNSTRUCTURED, ".row_offsets", old -> old.toType(DataType.INT32, false), ".row_offsets", "I32");
  }

  @Test
  void noValues() {
    refused(UNSTRUCTURED, ".compressed", old -> null, ".compressed", "is missing");
  }

  @Test
  void aValueTooFew() {
    refused(UNSTRUCTURED, ".compressed", old -> old.get("1:").duplicate(), ".compressed", "(5503)", "(5504)");
  }

  @Test
  void valuesOfAnotherShape() {
    refused(PAIRS, ".compressed", NDArray::flatten, ".compressed", "(5504)", "(64, 86)");
  }

  @Test
  void valuesThatAreWholeNumbers() {
    refused(UNSTRUCTURED, ".compressed", old -> old.toType(DataType.INT32, false), ".compressed", "I32");
  }

  @Test
  void aMaskThatIsAVector() {
    refused(UNSTRUCTURED, ".bitmask", old -> old.reshape(new Shape(64 * 22)), ".bitmask", "(1408)");
  }
}
