package secateur.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import com.google.gson.JsonArray;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import secateur.file.Checkpoint;
import secateur.tensor.Codebooks;
import secateur.tensor.Devices;
import secateur.tensor.Scope;

/**
 * The layout of bitsandbytes for 4 bits (Dettmers et al., arXiv 2305.14314): {@code <module>.weight} uint8 (out in / 2, 1), two codes in
 * a byte, the first in the upper half; {@code .weight.absmax} of blocks of 64, float32, or uint8 codes of {@code .weight.nested_quant_map}
 * with {@code .weight.nested_absmax} of blocks of 256 in float32; {@code .weight.quant_map} float32 (16), the levels; and
 * {@code .weight.quant_state.bitsandbytes__nf4} (or {@code __fp4}), the bytes of a JSON object with shape, block sizes and the offset of
 * nested numbers.
 *
 * @param levels of all layers
 * @param nested whether the absmax is quantized too
 * @param stored what unpacked weights are: float16 or float32
 */
public record BitsAndBytesFile(Levels levels, boolean nested, DataType stored) implements PackedLayers {

  private static final String LAYOUT = "the layout of bitsandbytes";
  private static final String WEIGHT = ".weight";
  private static final String ABSMAX = ".weight.absmax";
  private static final String MAP = ".weight.quant_map";
  private static final String NESTED_ABSMAX = ".weight.nested_absmax";
  private static final String NESTED_MAP = ".weight.nested_quant_map";
  private static final String STATE = ".weight.quant_state.bitsandbytes__";

  /** The layout of {@code model}; an error names the first layer that has no place in it. */
  public static BitsAndBytesFile of(Llm model) {
    CommonGrid.untransposed(model, LAYOUT);
    BitsAndBytesFile[] common = new BitsAndBytesFile[1];
    model.blocks().forEach(block -> block.roles().forEach(role -> {
      String name = block.name(role);
      if (!(block.layer(role) instanceof Codebook layer)) {
        throw new IllegalArgumentException("layer '" + name + "' is " + block.layer(role) + "; " + LAYOUT + " allows Codebook layers (Nf4, Fp4) in all blocks");
      }
      BitsAndBytesFile its = new BitsAndBytesFile(layer.levels(), layer.absmax() instanceof Absmax.Doubled, layer.stored());
      if (common[0] != null && !common[0].equals(its)) {
        throw new IllegalArgumentException("layer '" + name + "' is " + layer + ", layers before it are " + common[0] + "; " + LAYOUT
            + " has one type of codes for all layers");
      }
      common[0] = its;
    }));
    return common[0];
  }

  static BitsAndBytesFile of(QuantizationConfig says) {
    if (!says.flag("load_in_4bit", says.flag("_load_in_4bit", false))) {
      throw says.wrong("load_in_4bit", "true");
    }
    if (!says.text("bnb_4bit_quant_storage", "uint8").equals("uint8")) {
      throw says.wrong("bnb_4bit_quant_storage", "uint8");
    }
    Levels levels = switch (says.text("bnb_4bit_quant_type", "fp4")) {
      case "nf4" -> Levels.NF4;
      case "fp4" -> Levels.FP4;
      default -> throw says.wrong("bnb_4bit_quant_type", "nf4, fp4");
    };
    return new BitsAndBytesFile(levels, says.flag("bnb_4bit_use_double_quant", false), DataType.FLOAT16);
  }

  @Override
  public JsonObject config() {
    JsonObject config = new JsonObject();
    config.addProperty("quant_method", "bitsandbytes");
    config.addProperty("load_in_4bit", true);
    config.addProperty("load_in_8bit", false);
    config.addProperty("_load_in_4bit", true);
    config.addProperty("_load_in_8bit", false);
    config.addProperty("bnb_4bit_quant_type", name());
    config.addProperty("bnb_4bit_use_double_quant", nested);
    config.addProperty("bnb_4bit_compute_dtype", dtype());
    config.addProperty("bnb_4bit_quant_storage", "uint8");
    config.add("llm_int8_skip_modules", JsonNull.INSTANCE);
    config.addProperty("llm_int8_threshold", 6.0);
    config.addProperty("llm_int8_enable_fp32_cpu_offload", false);
    config.addProperty("llm_int8_has_fp16_weight", false);
    return config;
  }

  private String name() {
    return levels.name().toLowerCase(Locale.ROOT);
  }

  private String dtype() {
    return stored.name().toLowerCase(Locale.ROOT);
  }

  @Override
  public Map<String, NDArray> tensors(String module, Linear linear) {
    Codebook layer = (Codebook) linear;
    Map<String, NDArray> tensors = new TreeMap<>();
    tensors.put(module + WEIGHT, layer.packed().reshape(-1, 1));
    tensors.put(module + MAP, Devices.manager().create(levels.numbers()));
    if (layer.absmax() instanceof Absmax.Doubled doubled) {
      tensors.put(module + ABSMAX, doubled.codes());
      tensors.put(module + NESTED_ABSMAX, doubled.scale());
      tensors.put(module + NESTED_MAP, Devices.manager().create(Codebooks.dynamic()));
    } else {
      tensors.put(module + ABSMAX, layer.absmax().values());
    }
    byte[] state = state(layer).toString().getBytes(StandardCharsets.UTF_8);
    tensors.put(module + STATE + name(), Devices.manager().create(state).toType(DataType.UINT8, false));
    return tensors;
  }

  private JsonObject state(Codebook layer) {
    JsonObject state = new JsonObject();
    state.addProperty("quant_type", name());
    state.addProperty("blocksize", Codebook.BLOCK);
    state.addProperty("dtype", dtype());
    JsonArray shape = new JsonArray();
    shape.add(layer.rows());
    shape.add(layer.columns());
    state.add("shape", shape);
    if (layer.absmax() instanceof Absmax.Doubled doubled) {
      state.addProperty("nested_blocksize", Absmax.Doubled.BLOCK);
      state.addProperty("nested_dtype", "float32");
      state.addProperty("nested_offset", (double) doubled.mean().toFloatArray()[0]);
    }
    return state;
  }

  @Override
  public boolean has(Set<String> names, String module) {
    return names.contains(module + STATE + name());
  }

  @Override
  public long rows(Checkpoint checkpoint, String module) {
    return new QuantState(checkpoint, module, name()).shape().get(0);
  }

  @Override
  public Codebook read(Checkpoint checkpoint, String module, Shape shape, NDArray bias) {
    try (Scope scope = new Scope()) {
      QuantState state = new QuantState(checkpoint, module, name());
      state.check(shape);
      QuantState.checkMap(checkpoint, module + MAP, levels.numbers());
      NDArray packed = QuantizedFile.checked(checkpoint, module + WEIGHT, DataType.UINT8, new Shape((shape.size() + 1) / 2, 1))
          .flatten().duplicate(); // a view does not hold a mapped file
      Codebook made = new Codebook(packed, levels, absmax(checkpoint, module, state), shape, bias, state.dtype());
      scope.keep(made.arrays());
      return made;
    }
  }

  private static Absmax absmax(Checkpoint checkpoint, String module, QuantState state) {
    long blocks = Codebook.blocks(state.shape().size());
    if (!checkpoint.names().contains(module + NESTED_ABSMAX)) {
      return new Absmax.Single(QuantizedFile.checked(checkpoint, module + ABSMAX, DataType.FLOAT32, new Shape(blocks)));
    }
    QuantState.checkMap(checkpoint, module + NESTED_MAP, Codebooks.dynamic());
    long outer = (blocks + Absmax.Doubled.BLOCK - 1) / Absmax.Doubled.BLOCK;
    return new Absmax.Doubled(QuantizedFile.checked(checkpoint, module + ABSMAX, DataType.UINT8, new Shape(blocks)),
        QuantizedFile.checked(checkpoint, module + NESTED_ABSMAX, DataType.FLOAT32, new Shape(outer)),
        Devices.manager().create(new float[] {state.offset()}));
  }

  @Override
  public String toString() {
    return name() + (nested ? " double" : "") + ", " + dtype();
  }
}
