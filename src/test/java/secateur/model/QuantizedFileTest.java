package secateur.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import secateur.Golden;
import secateur.Living;
import secateur.export.HuggingFace;
import secateur.file.Safetensors;
import secateur.file.SafetensorsWriter;
import secateur.quantize.Gptq;
import secateur.tensor.Scope;

/** Packed layers on disk, right and wrong. */
class QuantizedFileTest {

  private static final String LAYER = "transformer.h.0.mlp.c_proj";

  @TempDir
  private Path folder;

  @BeforeEach
  void save() {
    try (Llm model = Golden.model("gpt2"); Llm made = new Gptq(3).group(32).actOrder().apply(model, Golden.windows("gpt2"))) {
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

  private void refused(String part, UnaryOperator<NDArray> change, String... words) {
    change(tensors -> {
      assertThat(tensors).containsKey(LAYER + part);
      tensors.compute(LAYER + part, (name, old) -> change.apply(old));
      tensors.values().removeIf(Objects::isNull);
    });
    Golden.model("gpt2").close();
    Living before = Living.settled();
    assertThatThrownBy(() -> Llm.load(folder.toString())).isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(LAYER).hasMessageContainingAll(words);
    assertThat(Living.now()).isEqualTo(before);
  }

  @Test
  void aPackedModelComesBack() {
    try (Llm back = Llm.load(folder.toString())) {
      assertThat(back.layer("0.down")).isInstanceOf(Quantized.class).hasToString("Quantized(64 x 256, 3 bits, 8 groups a row)");
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, 8, Long.MAX_VALUE})
  void aGroupThatThereIsNot(long group) {
    refused(".groups", old -> {
      NDArray changed = old.duplicate();
      changed.set(new ai.djl.ndarray.index.NDIndex(5), group);
      return changed;
    }, "group " + group + " of 8");
  }

  @Test
  void groupsOfTheWrongLength() {
    refused(".groups", old -> old.get("1:").duplicate(), "(255)", "(256)");
  }

  @Test
  void groupsOfTheWrongType() {
    refused(".groups", old -> old.toType(DataType.INT32, false), "I32");
  }

  @Test
  void aScaleOfTheWrongShape() {
    refused(".scale", old -> old.get("1:").duplicate(), ".scale", "(63, 8)");
  }

  @Test
  void aScaleThatIsAVector() {
    refused(".scale", NDArray::flatten, ".scale", "(512)");
  }

  @Test
  void aScaleOfWholeNumbers() {
    refused(".scale", old -> old.toType(DataType.INT32, false), "I32");
  }

  @Test
  void moreGroupsThanInputsDivideInto() {
    change(tensors -> tensors.remove(LAYER + ".groups"));
    refused(".scale", old -> old.concat(old.get(":, 0:1"), 1), "(64, 9)");
  }

  @Test
  void noZero() {
    refused(".zero", old -> null, ".zero");
  }

  @Test
  void aZeroOfAnotherShape() {
    refused(".zero", old -> old.reshape(new Shape(8, 64)), "(8, 64)");
  }

  @Test
  void codesOfTheWrongShape() {
    refused(".codes2", old -> old.get(":, 1:").duplicate(), ".codes2");
  }

  @Test
  void oneBitIsMissing() {
    refused(".codes2", old -> null, "1 bits");
  }
}
