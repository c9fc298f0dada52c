package secateur.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import secateur.file.AwqOrder;
import secateur.file.Checkpoint;
import secateur.tensor.Scope;

/**
 * AWQ's layout, version {@code gemm} (Lin et al., arXiv 2306.00978; AutoAWQ): {@code <module>.qweight} int32 (in, out / 8) and
 * {@code .qzeros} int32 (G, out / 8), 4-bit codes packed along the outputs in the order of {@link AwqOrder}; {@code .scales} float16
 * (G, out). Groups lie side by side, and 8 divides the outputs.
 *
 * @param grid of all layers
 */
public record AwqFile(CommonGrid grid) implements PackedLayers {

  private static final String LAYOUT = "AWQ's layout";
  private static final int BITS = 4;
  private static final String CODES = ".qweight";
  private static final String ZEROS = ".qzeros";
  private static final String SCALES = ".scales";

  /** The layout of {@code model}; an error names the first layer that has no place in it. */
  public static AwqFile of(Llm model) {
    AwqFile file = new AwqFile(CommonGrid.of(model, LAYOUT, Set.of(BITS)));
    LayoutCheck check = new LayoutCheck(LAYOUT);
    check.each(model, (name, layer) -> {
      check.outputs(name, layer, AwqOrder.columns());
      check.sideBySide(name, layer);
      Words.halfScale(name, layer, LAYOUT);
    });
    return file;
  }

  static AwqFile of(QuantizationConfig says) {
    int bits = says.whole("bits", Set.of(BITS));
    if (!says.text("version", "gemm").toLowerCase(Locale.ROOT).equals("gemm")) {
      throw says.wrong("version", "gemm");
    }
    if (!says.flag("zero_point", true)) {
      throw says.wrong("zero_point", "true");
    }
    return new AwqFile(new CommonGrid(bits, says.whole("group_size", CommonGrid.ROWS), false, false));
  }

  @Override
  public JsonObject config() {
    JsonObject config = new JsonObject();
    config.addProperty("quant_method", "awq");
    config.addProperty("bits", BITS);
    config.addProperty("group_size", grid.group());
    config.addProperty("zero_point", true);
    config.addProperty("version", "gemm");
    config.add("modules_to_not_convert", JsonNull.INSTANCE);
    return config;
  }

  @Override
  public Map<String, NDArray> tensors(String module, Linear linear) {
    Quantized layer = (Quantized) linear;
    Map<String, NDArray> tensors = new TreeMap<>();
    tensors.put(module + CODES, Words.pack(Words.turned(layer.codes().codes()), BITS, AwqOrder::toDigits));
    tensors.put(module + ZEROS, Words.pack(Words.turned(layer.zero()), BITS, AwqOrder::toDigits));
    tensors.put(module + SCALES, Words.turned(Words.halfScale(module, layer, LAYOUT)));
    return tensors;
  }

  @Override
  public boolean has(Set<String> names, String module) {
    return names.contains(module + CODES);
  }

  @Override
  public long rows(Checkpoint checkpoint, String module) {
    Shape shape = checkpoint.shape(module + CODES);
    return shape.get(shape.dimension() - 1) * AwqOrder.columns();
  }

  @Override
  public Quantized read(Checkpoint checkpoint, String module, Shape shape, NDArray bias) {
    long out = shape.get(0);
    long in = shape.get(1);
    try (Scope scope = new Scope()) {
      long groups = grid.groups(module, in);
      NDArray codes = Words.turned(Words.read(checkpoint, module + CODES, new Shape(in, out), BITS, AwqOrder::toColumns));
      NDArray zero = Words.turned(Words.read(checkpoint, module + ZEROS, new Shape(groups, out), BITS, AwqOrder::toColumns));
      NDArray scale = Words.turned(Words.numbers(checkpoint, module + SCALES, new Shape(groups, out)));
      Quantized made = new Quantized(Quantized.Packed.of(codes, BITS), scale, zero, null, bias).fastest();
      scope.keep(made.arrays());
      return made;
    }
  }
}
