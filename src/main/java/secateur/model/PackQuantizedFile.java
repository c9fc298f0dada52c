package secateur.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import com.google.gson.JsonArray;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import secateur.file.Checkpoint;
import secateur.file.Int32Packing;
import secateur.tensor.Devices;
import secateur.tensor.Scope;

/**
 * The format {@code pack-quantized} of compressed-tensors: {@code <module>.weight_packed} int32 (out, in b / 32 rounded up), packed as
 * {@link Int32Packing} does; {@code .weight_scale} (out, G) in the type of the scales; {@code .weight_shape} int64 (2), out and in; where
 * zeros do not all lie in the middle, {@code .weight_zero_point} int32 (out b / 32 rounded up, G), packed along the outputs; where
 * groups do not lie side by side, {@code .weight_g_idx} int32 (in), the group of each input. Its codes are signed and stored with
 * 2^(b - 1) added, which makes them ours; so are its zeros.
 *
 * @param grid of all layers
 */
public record PackQuantizedFile(CommonGrid grid) implements PackedLayers {

  private static final Set<Integer> BITS = Set.of(4, 8);
  private static final String FORMAT = "pack-quantized";
  private static final String CODES = ".weight_packed";
  private static final String ZERO = ".weight_zero_point";
  private static final String SCALE = ".weight_scale";
  private static final String GROUPS = ".weight_g_idx";
  private static final String SHAPE = ".weight_shape";

  /** The layout of {@code model}; an error names the first layer that has no place in it. */
  public static PackQuantizedFile of(Llm model) {
    return new PackQuantizedFile(CommonGrid.of(model, "the format pack-quantized", BITS));
  }

  /** Empty where {@code says} speaks of sparse layers alone. */
  static Optional<PackedLayers> of(QuantizationConfig says) {
    if (says.empty("config_groups") && says.empty("format")) {
      return Optional.empty();
    }
    if (!says.text("format", "").equals(FORMAT)) {
      throw says.wrong("format", FORMAT);
    }
    QuantizationConfig groups = says.inside("config_groups");
    if (groups.keys().size() != 1) {
      throw says.wrong("config_groups", "one group for all layers");
    }
    QuantizationConfig group = groups.inside(groups.keys().iterator().next());
    if (!group.empty("input_activations")) {
      throw group.wrong("input_activations", "null");
    }
    QuantizationConfig weights = group.inside("weights");
    int bits = weights.whole("num_bits", BITS);
    if (!weights.text("type", "int").equals("int")) {
      throw weights.wrong("type", "int");
    }
    int size = switch (weights.text("strategy", weights.empty("group_size") ? "channel" : "group")) {
      case "channel" -> CommonGrid.ROWS;
      case "group" -> weights.whole("group_size", 0);
      default -> throw weights.wrong("strategy", "channel, group");
    };
    return Optional.of(new PackQuantizedFile(new CommonGrid(bits, size, !weights.empty("actorder"), weights.flag("symmetric", true))));
  }

  @Override
  public JsonObject config() {
    JsonObject group = new JsonObject();
    group.add("targets", list("Linear"));
    group.add("weights", weights());
    group.add("input_activations", JsonNull.INSTANCE);
    group.add("output_activations", JsonNull.INSTANCE);
    JsonObject groups = new JsonObject();
    groups.add("group_0", group);
    JsonObject config = new JsonObject();
    config.addProperty("quant_method", "compressed-tensors");
    config.addProperty("format", FORMAT);
    config.addProperty("quantization_status", "compressed");
    config.add("config_groups", groups);
    config.add("ignore", list("lm_head"));
    config.add("kv_cache_scheme", JsonNull.INSTANCE);
    return config;
  }

  private JsonObject weights() {
    JsonObject weights = new JsonObject();
    weights.addProperty("num_bits", grid.bits());
    weights.addProperty("type", "int");
    weights.addProperty("symmetric", grid.symmetric());
    weights.addProperty("strategy", grid.group() == CommonGrid.ROWS ? "channel" : "group");
    weights.addProperty("group_size", grid.group() == CommonGrid.ROWS ? null : grid.group());
    weights.addProperty("actorder", grid.ordered() ? "group" : null);
    weights.addProperty("dynamic", false);
    return weights;
  }

  private static JsonArray list(String only) {
    JsonArray list = new JsonArray();
    list.add(only);
    return list;
  }

  @Override
  public Map<String, NDArray> tensors(String module, Linear linear) {
    Quantized layer = (Quantized) linear;
    Map<String, NDArray> tensors = new TreeMap<>();
    tensors.put(module + CODES, Words.pack(layer.codes().codes(), grid.bits()));
    tensors.put(module + SCALE, layer.scale());
    tensors.put(module + SHAPE, Devices.manager().create(new long[] {layer.rows(), layer.columns()}));
    if (!grid.symmetric()) {
      tensors.put(module + ZERO, Words.turned(Words.pack(Words.turned(layer.zero()), grid.bits())));
    }
    if (layer.groups() != null) {
      tensors.put(module + GROUPS, Words.groupOfEach(layer));
    }
    return tensors;
  }

  @Override
  public boolean has(Set<String> names, String module) {
    return names.contains(module + CODES);
  }

  @Override
  public long rows(Checkpoint checkpoint, String module) {
    return checkpoint.shape(module + CODES).get(0);
  }

  @Override
  public Quantized read(Checkpoint checkpoint, String module, Shape shape, NDArray bias) {
    try (Scope scope = new Scope()) {
      checkShape(checkpoint, module, shape);
      long in = shape.get(1);
      long groups = grid.groups(module, in);
      NDArray codes = Words.read(checkpoint, module + CODES, shape, grid.bits());
      NDArray scale = Words.numbers(checkpoint, module + SCALE, new Shape(shape.get(0), groups));
      NDArray order = Words.groups(checkpoint, module + GROUPS, in, groups);
      NDArray zero = zero(checkpoint, module, scale.getShape());
      Quantized made = new Quantized(Quantized.Packed.of(codes, grid.bits()), scale, zero, order, bias).fastest();
      scope.keep(made.arrays());
      return made;
    }
  }

  /** uint8 (out, G). */
  private NDArray zero(Checkpoint checkpoint, String module, Shape shape) {
    if (grid.symmetric()) {
      return Devices.manager().full(shape, 1 << grid.bits() - 1, DataType.UINT8);
    }
    return Words.turned(Words.readTurned(checkpoint, module + ZERO, new Shape(shape.get(1), shape.get(0)), grid.bits()));
  }

  private static void checkShape(Checkpoint checkpoint, String module, Shape shape) {
    long[] says = QuantizedFile.checked(checkpoint, module + SHAPE, DataType.INT64, new Shape(2)).toLongArray();
    if (!Arrays.equals(says, shape.getShape())) {
      throw new IllegalArgumentException("tensor '" + module + SHAPE + "' says " + Arrays.toString(says) + ", the configuration wants " + shape);
    }
  }
}
