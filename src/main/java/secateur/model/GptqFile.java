package secateur.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import com.google.gson.JsonObject;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import secateur.file.Checkpoint;
import secateur.file.Int32Packing;
import secateur.tensor.Scope;

/**
 * GPTQ's layout (Frantar et al., arXiv 2210.17323; AutoGPTQ, GPTQModel): {@code <module>.qweight} int32 (in b / 32, out), packed along
 * the inputs as {@link Int32Packing} does; {@code .qzeros} int32 (G, out b / 32), packed along the outputs; {@code .scales} float16
 * (G, out); {@code .g_idx} int32 (in), the group of each input. Inputs and outputs are multiples of 32.
 *
 * @param version how zeros are stored
 * @param grid of all layers
 */
public record GptqFile(Version version, CommonGrid grid) implements PackedLayers {

  /** How zeros are stored. */
  public enum Version {
    /**
     * {@code checkpoint_format} {@code gptq}: zero - 1. A zero of 0 has no place: its field becomes all ones, which some readers take for
     * 2^b, some for 0, and some, which add 1 to all fields of a word at once, carry into the next field. It is refused, written and read.
     */
    V1("gptq", 1),
    /** {@code checkpoint_format} {@code gptq_v2}: the zero itself. */
    V2("gptq_v2", 0);

    private final String format;
    private final int less;

    Version(String format, int less) {
      this.format = format;
      this.less = less;
    }

    /** As {@code checkpoint_format} names it. */
    public String format() {
      return format;
    }
  }

  private static final Set<Integer> BITS = Set.of(2, 3, 4, 8);
  private static final String LAYOUT = "GPTQ's layout";
  private static final int MULTIPLE = 32;
  private static final String CODES = ".qweight";
  private static final String ZEROS = ".qzeros";
  private static final String SCALES = ".scales";
  private static final String GROUPS = ".g_idx";

  /** The layout of {@code model}; an error names the first layer that has no place in it. */
  public static GptqFile of(Llm model, Version version) {
    GptqFile file = new GptqFile(version, CommonGrid.of(model, LAYOUT, BITS));
    LayoutCheck check = new LayoutCheck(LAYOUT);
    check.each(model, (name, layer) -> {
      check.outputsAndInputs(name, layer, MULTIPLE);
      if (version == Version.V1 && layer.zero().eq(0).any().getBoolean()) {
        throw new IllegalArgumentException("layer '" + name + "' is " + layer + " with a zero of 0, which version 1 of " + LAYOUT
            + " cannot say (it stores zero - 1); version 2 can");
      }
      Words.halfScale(name, layer, LAYOUT);
    });
    return file;
  }

  static GptqFile of(QuantizationConfig says) {
    int bits = says.whole("bits", BITS);
    if (!says.empty("dynamic")) {
      throw says.wrong("dynamic", "nothing, that is one grid for all layers");
    }
    String format = says.text("checkpoint_format", says.text("format", Version.V1.format));
    Version version = switch (format) {
      case "gptq" -> Version.V1;
      case "gptq_v2" -> Version.V2;
      default -> throw says.wrong("checkpoint_format", "gptq, gptq_v2");
    };
    return new GptqFile(version, new CommonGrid(bits, says.whole("group_size", CommonGrid.ROWS), says.flag("desc_act", false), says.flag("sym", true)));
  }

  @Override
  public JsonObject config() {
    JsonObject config = new JsonObject();
    config.addProperty("quant_method", "gptq");
    config.addProperty("bits", grid.bits());
    config.addProperty("group_size", grid.group());
    config.addProperty("desc_act", grid.ordered());
    config.addProperty("sym", grid.symmetric());
    config.addProperty("true_sequential", true);
    config.addProperty("lm_head", false);
    config.addProperty("checkpoint_format", version.format);
    config.addProperty("pack_dtype", "int32");
    return config;
  }

  @Override
  public Map<String, NDArray> tensors(String module, Linear linear) {
    Quantized layer = (Quantized) linear;
    Map<String, NDArray> tensors = new TreeMap<>();
    tensors.put(module + CODES, Words.turned(Words.pack(layer.codes().codes(), grid.bits())));
    tensors.put(module + ZEROS, Words.pack(Words.turned(layer.zero().sub(version.less)), grid.bits()));
    tensors.put(module + SCALES, Words.turned(Words.halfScale(module, layer, LAYOUT)));
    tensors.put(module + GROUPS, Words.groupOfEach(layer));
    return tensors;
  }

  @Override
  public boolean has(Set<String> names, String module) {
    return names.contains(module + CODES);
  }

  @Override
  public long rows(Checkpoint checkpoint, String module) {
    Shape shape = checkpoint.shape(module + CODES);
    return shape.get(shape.dimension() - 1);
  }

  @Override
  public Quantized read(Checkpoint checkpoint, String module, Shape shape, NDArray bias) {
    long out = shape.get(0);
    long in = shape.get(1);
    try (Scope scope = new Scope()) {
      long groups = grid.groups(module, in);
      NDArray codes = Words.readTurned(checkpoint, module + CODES, shape, grid.bits());
      NDArray zero = Words.turned(zero(module, Words.read(checkpoint, module + ZEROS, new Shape(groups, out), grid.bits())));
      NDArray scale = Words.turned(Words.numbers(checkpoint, module + SCALES, new Shape(groups, out)));
      NDArray order = Words.groups(checkpoint, module + GROUPS, in, groups);
      Quantized made = new Quantized(Quantized.Packed.of(codes, grid.bits()), scale, zero, order, bias).fastest();
      scope.keep(made.arrays());
      return made;
    }
  }

  private NDArray zero(String module, NDArray fields) {
    if (version == Version.V1 && fields.eq((1 << grid.bits()) - 1).any().getBoolean()) {
      throw new IllegalArgumentException("tensor '" + module + ZEROS + "' has a field of all ones, which version 1 of " + LAYOUT + " writes for a zero"
          + " of 0 and its readers take for different numbers; convert the checkpoint to gptq_v2 with the program that wrote it");
    }
    return fields.add(version.less);
  }
}
