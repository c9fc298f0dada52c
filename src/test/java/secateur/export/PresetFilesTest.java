package secateur.export;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import secateur.engines.Quantizer;
import secateur.gguf.GgufFile;
import secateur.model.Llm;

/** Files of presets against those that llama.cpp makes itself of our file of float32: types and bytes of every tensor. */
class PresetFilesTest {

  @TempDir
  Path directory;

  @Test
  void ofTheBundledModel() {
    try (Llm model = Llm.load("java-8m")) {
      compare(model);
    }
  }

  /** Widths that no superblock divides, heads of their own, many blocks. */
  @Test
  void ofOtherShapes() {
    for (String shape : List.of("'hidden_size': 288, 'intermediate_size': 768, 'num_hidden_layers': 2, 'num_attention_heads': 6, 'num_key_value_heads': 6",
        "'hidden_size': 256, 'intermediate_size': 512, 'num_hidden_layers': 18, 'num_attention_heads': 8, 'num_key_value_heads': 1",
        "'hidden_size': 256, 'intermediate_size': 640, 'num_hidden_layers': 9, 'num_attention_heads': 8, 'num_key_value_heads': 2")) {
      JsonObject config = JsonParser.parseString(("{'model_type': 'llama', 'hidden_act': 'silu', 'rms_norm_eps': 1e-5, 'vocab_size': 320, 'tie_word_embeddings': false,"
          + "'max_position_embeddings': 128, " + shape + "}").replace('\'', '"')).getAsJsonObject();
      try (Llm model = Llm.repeated(config, 1)) {
        compare(model);
      }
    }
  }

  private void compare(Llm model) {
    Path from = directory.resolve("f32.gguf");
    new Gguf(Preset.F32).save(model, from);
    Map<Preset, Path> theirs = new EnumMap<>(Preset.class);
    Map<Integer, Path> types = new HashMap<>();
    for (Preset preset : Preset.values()) {
      theirs.put(preset, directory.resolve(preset + ".gguf"));
      types.put(preset.fileType(), theirs.get(preset));
    }
    Quantizer.quantize(from, types);
    theirs.forEach((preset, file) -> {
      Path ours = directory.resolve("ours.gguf");
      new Gguf(preset).save(model, ours);
      compare(preset, GgufFile.open(ours), GgufFile.open(file));
    });
  }

  private static void compare(Preset preset, GgufFile ours, GgufFile theirs) {
    assertThat(ours.tensors().keySet()).hasSameElementsAs(theirs.tensors().keySet());
    ours.tensors().forEach((name, tensor) -> {
      assertThat(tensor.type()).as("%s %s", preset, name).isEqualTo(theirs.tensors().get(name).type());
      assertThat(bytes(ours.read(name))).as("%s %s", preset, name).isEqualTo(bytes(theirs.read(name)));
    });
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return bytes;
  }
}
