package secateur.export;

import ai.djl.ndarray.types.DataType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import secateur.Golden;
import secateur.file.StoredType;
import secateur.method.Method;
import secateur.model.Llm;
import secateur.prune.Recover;
import secateur.tensor.Scope;
import secateur.text.Corpus;
import secateur.train.Adapters;
import secateur.train.Lora;

/**
 * Writes directories in every layout, and what Secateur computes with them, for {@code src/test/python/export_layouts.py}, which holds both
 * against transformers, PEFT and an unpacking of its own: {@code mvn test -Dtest=LayoutsForPython}, then
 * {@code python3 src/test/python/export_layouts.py target/layouts} where PyTorch and those are. No part of the ordinary tests.
 */
class LayoutsForPython {

  private static final Path OUT = Path.of("target/layouts");

  @TempDir
  private Path folder;

  /** Token ids, and the logits for them as float32, lowest byte first. */
  private static void expect(Llm model, long[][] ids, Path to) throws IOException {
    try (Scope scope = new Scope()) {
      float[] logits = model.forward(model.ids(ids)).toType(DataType.FLOAT32, false).toFloatArray();
      ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * logits.length).order(ByteOrder.LITTLE_ENDIAN);
      bytes.asFloatBuffer().put(logits);
      Files.write(to.resolve("logits.bin"), bytes.array());
      Files.writeString(to.resolve("ids.json"), Arrays.deepToString(ids));
    }
  }

  static List<String> models() {
    return Golden.models();
  }

  @ParameterizedTest
  @MethodSource("models")
  void dense(String name) throws IOException {
    for (StoredType type : List.of(StoredType.F32, StoredType.F16, StoredType.BF16)) {
      Path to = OUT.resolve("dense/" + name + "-" + type);
      try (Llm model = Golden.model(name)) {
        new DenseLayout(type).save(model, to);
      }
      try (Llm back = Llm.load(to.toString())) {
        expect(back, Golden.ids(name), to);
      }
    }
  }

  @Test
  void bundled() throws IOException {
    Path to = OUT.resolve("dense/java-8m-F16");
    try (Llm model = Llm.load("java-8m")) {
      DenseLayout.float16().save(model, to);
      long[][] ids = Corpus.load("java:test").windows(2, 128).ids(model.tokenizer());
      expect(model, ids, to);
      Files.writeString(to.resolve("text.txt"), model.tokenizer().decode(ids[0]));
    }
  }

  static List<String> adapted() {
    return List.of("llama", "gpt2", "opt", "falcon", "bloom", "gpt_neox", "qwen2", "qwen3", "mistral");
  }

  @ParameterizedTest
  @MethodSource("adapted")
  void adapter(String name) throws IOException {
    Path to = OUT.resolve("peft/" + name);
    Method recover = new Recover(3).batch(1).rate(1e-2).unmerged().lora(new Lora(3).alpha(6));
    try (Llm model = Golden.model(name); Llm made = recover.apply(model, Golden.windows(name)); Llm base = Adapters.unmerge(made)) {
      new PeftLayout().save(made, to.resolve("adapter"));
      DenseLayout.float32().save(base, to.resolve("base"));
      expect(made, Golden.ids(name), to);
    }
  }

  @ParameterizedTest(name = "{0} {1} as {2}")
  @MethodSource("secateur.export.PackedLayoutTest#cases")
  void packed(String name, Method method, Format layout) {
    Path to = OUT.resolve(String.format("packed/%s %s as %s", name, method, layout).replace(' ', '_'));
    try (Llm model = Halves.golden(name, folder); Llm made = method.apply(model, Golden.windows(name))) {
      layout.save(made, to.resolve("packed"));
      DenseLayout.float32().save(made, to.resolve("dense"));
    }
  }
}
