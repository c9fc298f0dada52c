package secateur.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import secateur.Golden;
import secateur.Living;
import secateur.export.HuggingFace;
import secateur.file.Safetensors;
import secateur.file.SafetensorsWriter;
import secateur.method.Method;
import secateur.quantize.Fp4;
import secateur.quantize.Nf4;
import secateur.tensor.Devices;
import secateur.tensor.Scope;

/** NF4 and FP4 layers on disk, right and wrong. */
class CodebookFileTest {

  private static final String LAYER = "transformer.h.0.mlp.c_proj";

  @TempDir
  private Path folder;

  private void save(String name, Method method) {
    try (Llm model = Golden.model(name); Llm made = method.apply(model, null)) {
      HuggingFace.save(made, folder);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"gpt2", "qwen2", "falcon", "gpt2_untied"})
  void comesBack(String name) {
    for (Method method : new Method[] {new Nf4(), new Nf4().single(), new Fp4(), new Fp4().single()}) {
      try (Llm model = Golden.model(name); Llm made = method.apply(model, null)) {
        HuggingFace.save(made, folder);
        try (Llm back = Llm.load(folder.toString())) {
          made.layers().forEach((layer, was) -> {
            assertThat(back.layer(layer)).as(layer).hasToString(was.toString());
            assertThat(back.layer(layer).stored()).isEqualTo(was.stored());
            assertThat(back.layer(layer).storedBytes()).isEqualTo(was.storedBytes());
          });
          assertThat(back.logits(new long[] {3, 1, 4})).as("%s", method).isDeepEqualTo(made.logits(new long[] {3, 1, 4}));
        }
      }
    }
  }

  private void change(String part, UnaryOperator<NDArray> change) {
    Path path = folder.resolve("model.safetensors");
    Safetensors file = Safetensors.open(path);
    try (Scope scope = new Scope()) {
      Map<String, NDArray> tensors = new TreeMap<>();
      file.entries().keySet().forEach(name -> tensors.put(name, file.read(name)));
      assertThat(tensors).containsKey(LAYER + part);
      tensors.compute(LAYER + part, (name, old) -> change.apply(old));
      tensors.values().removeIf(Objects::isNull);
      SafetensorsWriter.write(path, tensors);
    }
  }

  private void refused(String part, UnaryOperator<NDArray> change, String... words) {
    save("gpt2", new Nf4());
    change(part, change);
    Golden.model("gpt2").close();
    Living before = Living.settled();
    assertThatThrownBy(() -> Llm.load(folder.toString())).isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(LAYER).hasMessageContainingAll(words);
    assertThat(Living.now()).isEqualTo(before);
  }

  @Test
  void codesOfTheWrongLength() {
    refused(".nf4", old -> old.get("1:").duplicate(), ".nf4", "(8191)", "(8192)");
  }

  @Test
  void aShapeThatIsNotTheConfigurations() {
    refused(".shape", old -> Devices.manager().create(new long[] {256, 64}), ".shape", "(256, 64)", "(64, 256)");
  }

  @Test
  void noShape() {
    refused(".shape", old -> null, "no tensor", ".shape");
  }

  @Test
  void noAbsmax() {
    refused(".absmax", old -> null, "no tensor", ".absmax");
  }

  @Test
  void nestedAbsmaxWithoutItsOffset() {
    refused(".nested_offset", old -> null, "no tensor", ".nested_offset");
  }

  @Test
  void codesOfTheAbsmaxAloneAreNone() {
    refused(".nested_absmax", old -> null, ".absmax", "U8");
  }

  @Test
  void absmaxOfTheWrongType() {
    refused(".nested_absmax", old -> old.toType(DataType.FLOAT64, false), ".nested_absmax", "F64");
  }
}
