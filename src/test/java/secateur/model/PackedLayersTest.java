package secateur.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import secateur.model.GptqFile.Version;
import secateur.tensor.Codebooks;
import secateur.tensor.Devices;
import secateur.tensor.Scope;

/** Each layout on one layer small enough to pack by hand, and what its configuration may say. */
class PackedLayersTest {

  private static NDArray bytes(long rows, int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return Devices.manager().create(bytes).toType(DataType.UINT8, false).reshape(rows, -1);
  }

  private static NDArray halves(long rows, float... values) {
    return Devices.manager().create(values).toType(DataType.FLOAT16, false).reshape(rows, -1);
  }

  /** 8 outputs of 8 inputs, 4 bits, groups of 4: row r has the codes r, r + 1, … modulo 16, zeros r and r + 8, scales (r + 1) / 4 and r + 1. */
  private static Quantized layer() {
    int[] codes = new int[64];
    int[] zeros = new int[16];
    float[] scales = new float[16];
    for (int r = 0; r < 8; r++) {
      for (int c = 0; c < 8; c++) {
        codes[8 * r + c] = (r + c) % 16;
      }
      zeros[2 * r] = r + 1;
      zeros[2 * r + 1] = r + 8;
      scales[2 * r] = (r + 1) / 4f;
      scales[2 * r + 1] = r + 1;
    }
    return new Quantized(Quantized.Packed.of(bytes(8, codes), 4), halves(8, scales), bytes(8, zeros), null, null);
  }

  private static final CommonGrid GRID = new CommonGrid(4, 4, false, false);

  @Test
  void gptq() {
    try (Scope scope = new Scope()) {
      Map<String, NDArray> first = new GptqFile(Version.V1, GRID).tensors("m", layer());
      assertThat(first).containsOnlyKeys("m.qweight", "m.qzeros", "m.scales", "m.g_idx");
      assertThat(first.get("m.qweight").getShape()).isEqualTo(new Shape(1, 8)); // (in / 8, out)
      assertThat(first.get("m.qweight").toIntArray()).containsExactly(0x76543210, 0x87654321, 0x98765432, 0xA9876543, 0xBA987654, 0xCBA98765, 0xDCBA9876,
          0xEDCBA987);
      assertThat(first.get("m.qzeros").getShape()).isEqualTo(new Shape(2, 1)); // (groups, out / 8)
      assertThat(first.get("m.qzeros").toIntArray()).containsExactly(0x76543210, 0xEDCBA987);
      assertThat(first.get("m.scales").toType(DataType.FLOAT32, false).toFloatArray())
          .containsExactly(0.25f, 0.5f, 0.75f, 1, 1.25f, 1.5f, 1.75f, 2, 1, 2, 3, 4, 5, 6, 7, 8);
      assertThat(first.get("m.g_idx").toIntArray()).containsExactly(0, 0, 0, 0, 1, 1, 1, 1);
      Map<String, NDArray> second = new GptqFile(Version.V2, GRID).tensors("m", layer());
      assertThat(second.get("m.qzeros").toIntArray()).containsExactly(0x87654321, 0xFEDCBA98);
      assertThat(second.get("m.qweight")).isEqualTo(first.get("m.qweight"));
    }
  }

  @Test
  void awq() {
    try (Scope scope = new Scope()) {
      Map<String, NDArray> tensors = new AwqFile(GRID).tensors("m", layer());
      assertThat(tensors).containsOnlyKeys("m.qweight", "m.qzeros", "m.scales");
      assertThat(tensors.get("m.qweight").getShape()).isEqualTo(new Shape(8, 1)); // (in, out / 8)
      assertThat(tensors.get("m.qweight").toIntArray())
          .containsExactly(0x75316420, 0x86427531, 0x97538642, 0xA8649753, 0xB975A864, 0xCA86B975, 0xDB97CA86, 0xECA8DB97);
      assertThat(tensors.get("m.qzeros").toIntArray()).containsExactly(0x86427531, 0xFDB9ECA8);
    }
  }

  @Test
  void packQuantized() {
    try (Scope scope = new Scope()) {
      Map<String, NDArray> tensors = new PackQuantizedFile(GRID).tensors("m", layer());
      assertThat(tensors).containsOnlyKeys("m.weight_packed", "m.weight_scale", "m.weight_zero_point", "m.weight_shape");
      assertThat(tensors.get("m.weight_packed").getShape()).isEqualTo(new Shape(8, 1)); // (out, in / 8)
      assertThat(tensors.get("m.weight_packed").toIntArray()).startsWith(0x76543210, 0x87654321);
      assertThat(tensors.get("m.weight_zero_point").getShape()).isEqualTo(new Shape(1, 2)); // (out / 8, groups)
      assertThat(tensors.get("m.weight_zero_point").toIntArray()).containsExactly(0x87654321, 0xFEDCBA98);
      assertThat(tensors.get("m.weight_shape").toLongArray()).containsExactly(8, 8);
      assertThat(tensors.get("m.weight_scale").getShape()).isEqualTo(new Shape(8, 2));
      assertThat(new PackQuantizedFile(new CommonGrid(4, 4, false, true)).tensors("m", layer())).doesNotContainKey("m.weight_zero_point");
    }
  }

  @Test
  void bitsAndBytes() {
    try (Scope scope = new Scope()) {
      NDArray packed = bytes(1, 0x01, 0xF7, 0x88).flatten();
      Codebook layer = new Codebook(packed, Levels.NF4, new Absmax.Single(Devices.manager().create(new float[] {2})), new Shape(2, 3), null, DataType.FLOAT16);
      Map<String, NDArray> tensors = new BitsAndBytesFile(Levels.NF4, false, DataType.FLOAT16).tensors("m", layer);
      assertThat(tensors).containsOnlyKeys("m.weight", "m.weight.absmax", "m.weight.quant_map", "m.weight.quant_state.bitsandbytes__nf4");
      assertThat(tensors.get("m.weight").getShape()).isEqualTo(new Shape(3, 1));
      assertThat(tensors.get("m.weight").toUint8Array()).containsExactly(0x01, 0xF7, 0x88);
      assertThat(text(tensors.get("m.weight.quant_state.bitsandbytes__nf4")))
          .isEqualTo("{\"quant_type\":\"nf4\",\"blocksize\":64,\"dtype\":\"float16\",\"shape\":[2,3]}");
      float[] levels = Levels.NF4.numbers();
      assertThat(layer.weight().toFloatArray()).containsExactly(2 * levels[0], 2 * levels[1], 2, 0, 2 * levels[8], 2 * levels[8]);
    }
  }

  @Test
  void nestedNumbersOfBitsAndBytes() {
    try (Scope scope = new Scope()) {
      Absmax nested = new Absmax.Doubled(bytes(1, 7).flatten(), Devices.manager().create(new float[] {3}), Devices.manager().create(new float[] {0.1f}));
      Codebook layer = new Codebook(bytes(1, 0x01, 0xF7, 0x88).flatten(), Levels.NF4, nested, new Shape(2, 3), null, DataType.FLOAT32);
      Map<String, NDArray> tensors = new BitsAndBytesFile(Levels.NF4, true, DataType.FLOAT32).tensors("m", layer);
      assertThat(tensors.get("m.weight.nested_absmax").toFloatArray()).containsExactly(3);
      assertThat(tensors.get("m.weight.nested_quant_map").toFloatArray()).isEqualTo(Codebooks.dynamic()).hasSize(256);
      JsonObject state = JsonParser.parseString(text(tensors.get("m.weight.quant_state.bitsandbytes__nf4"))).getAsJsonObject();
      assertThat(state.get("nested_blocksize").getAsInt()).isEqualTo(256);
      assertThat(state.get("nested_dtype").getAsString()).isEqualTo("float32");
      assertThat((float) state.get("nested_offset").getAsDouble()).isEqualTo(0.1f);
    }
  }

  private static String text(NDArray bytes) {
    int[] values = bytes.toUint8Array();
    return new String(values, 0, values.length);
  }

  @Test
  void configurationsComeBack() {
    List<PackedLayers> layouts = List.of(new GptqFile(Version.V1, new CommonGrid(3, 32, true, true)), new GptqFile(Version.V2, new CommonGrid(8, -1, false, false)),
        new AwqFile(new CommonGrid(4, 128, false, false)), new PackQuantizedFile(new CommonGrid(4, 32, true, false)),
        new PackQuantizedFile(new CommonGrid(8, -1, false, true)), new BitsAndBytesFile(Levels.NF4, true, DataType.FLOAT16),
        new BitsAndBytesFile(Levels.FP4, false, DataType.FLOAT16));
    for (PackedLayers layout : layouts) {
      JsonObject config = new JsonObject();
      config.add("quantization_config", layout.config());
      assertThat(PackedLayers.of(config)).hasValue(layout);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {
      "{} ~ quant_method is '', allowed are gptq, awq, compressed-tensors, bitsandbytes",
      "{'quant_method': 'fp8'} ~ quant_method is 'fp8'",
      "[1] ~ an object is needed",
      "{'quant_method': 'gptq'} ~ bits of quantization_config is null, allowed: [2, 3, 4, 8]",
      "{'quant_method': 'gptq', 'bits': 5} ~ bits of quantization_config is 5",
      "{'quant_method': 'gptq', 'bits': 4.5} ~ a whole number",
      "{'quant_method': 'gptq', 'bits': [4]} ~ a single value",
      "{'quant_method': 'gptq', 'bits': 4, 'group_size': 0} ~ group_size is 0",
      "{'quant_method': 'gptq', 'bits': 4, 'desc_act': 1} ~ true or false",
      "{'quant_method': 'gptq', 'bits': 4, 'checkpoint_format': 'marlin'} ~ \"marlin\", allowed: gptq, gptq_v2",
      "{'quant_method': 'gptq', 'bits': 4, 'dynamic': {'a': {'bits': 8}}} ~ one grid for all layers",
      "{'quant_method': 'awq', 'bits': 8} ~ [4]",
      "{'quant_method': 'awq', 'bits': 4, 'version': 'gemv'} ~ \"gemv\", allowed: gemm",
      "{'quant_method': 'awq', 'bits': 4, 'zero_point': false} ~ allowed: true",
      "{'quant_method': 'bitsandbytes', 'load_in_8bit': true} ~ load_in_4bit",
      "{'quant_method': 'bitsandbytes', 'load_in_4bit': true, 'bnb_4bit_quant_type': 'int4'} ~ nf4, fp4",
      "{'quant_method': 'bitsandbytes', 'load_in_4bit': true, 'bnb_4bit_quant_storage': 'bfloat16'} ~ uint8",
      "{'quant_method': 'compressed-tensors', 'format': 'float-quantized'} ~ allowed: pack-quantized",
      "{'quant_method': 'compressed-tensors', 'format': 'pack-quantized'} ~ config_groups",
      "{'quant_method': 'compressed-tensors', 'format': 'pack-quantized', 'config_groups': {'a': {}, 'b': {}}} ~ one group for all layers",
      "{'quant_method': 'compressed-tensors', 'format': 'pack-quantized', 'config_groups': {'a': {'weights': {'num_bits': 3}}}} ~ [4, 8]",
      "{'quant_method': 'compressed-tensors', 'format': 'pack-quantized', 'config_groups': {'a': {'weights': {'num_bits': 4, 'type': 'float'}}}} ~ allowed: int",
      "{'quant_method': 'compressed-tensors', 'format': 'pack-quantized', 'config_groups': {'a': {'input_activations': {'b': 1}, 'weights': {'num_bits': 4}}}} ~ null",
      "{'quant_method': 'compressed-tensors', 'format': 'pack-quantized', 'config_groups': {'a': {'weights': {'num_bits': 4, 'strategy': 'tensor'}}}} ~ channel, group"})
  void whatAConfigurationMayNotSay(String line) {
    String[] parts = line.split(" ~ ");
    JsonObject config = new JsonObject();
    config.add("quantization_config", JsonParser.parseString(parts[0]));
    assertThatThrownBy(() -> PackedLayers.of(config)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining(parts[1]);
  }

  @Test
  void sparseLayersAloneAreNoLayoutOfThese() {
    JsonObject config = JsonParser.parseString("{'quantization_config': {'quant_method': 'compressed-tensors', 'sparsity_config': {'format': 'sparse-bitmask'}}}")
        .getAsJsonObject();
    assertThat(PackedLayers.of(config)).isEmpty();
    assertThat(PackedLayers.of(new JsonObject())).isEmpty();
    assertThat(Arrays.asList(Version.values())).extracting(Version::format).containsExactly("gptq", "gptq_v2");
  }
}
