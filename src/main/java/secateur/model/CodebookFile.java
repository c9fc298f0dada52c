package secateur.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import secateur.file.Checkpoint;
import secateur.tensor.Devices;
import secateur.tensor.Scope;

/**
 * How a {@link Codebook} layer lies in safetensors: {@code <module>.nf4} or {@code .fp4} (its packed codes), {@code .shape}
 * out and in, and {@code .absmax}: float32, or uint8 codes with {@code .nested_absmax} and {@code .nested_offset} in float32.
 */
final class CodebookFile {

  static final String SHAPE = ".shape";
  private static final String ABSMAX = ".absmax";
  private static final String NESTED = ".nested_absmax";
  private static final String OFFSET = ".nested_offset";

  private CodebookFile() {}

  static boolean has(Set<String> names, String module) {
    return levels(names, module).isPresent();
  }

  private static Optional<Levels> levels(Set<String> names, String module) {
    return Arrays.stream(Levels.values()).filter(levels -> names.contains(module + suffix(levels))).findFirst();
  }

  private static String suffix(Levels levels) {
    return "." + levels.name().toLowerCase(Locale.ROOT);
  }

  /** The tensors of {@code layer}, without its bias. */
  static Map<String, NDArray> tensors(String module, Codebook layer) {
    Map<String, NDArray> tensors = new TreeMap<>();
    tensors.put(module + suffix(layer.levels()), layer.packed());
    tensors.put(module + SHAPE, Devices.manager().create(layer.shape().getShape()));
    if (layer.absmax() instanceof Absmax.Doubled doubled) {
      tensors.put(module + ABSMAX, doubled.codes());
      tensors.put(module + NESTED, doubled.scale());
      tensors.put(module + OFFSET, doubled.mean());
    } else {
      tensors.put(module + ABSMAX, layer.absmax().values());
    }
    return tensors;
  }

  /** Output features of {@code module}. */
  static long rows(Checkpoint checkpoint, String module) {
    return shape(checkpoint, module).get(0);
  }

  /** The layer of {@code shape} (out, in), its bias to be stored as {@code stored}. */
  static Codebook read(Checkpoint checkpoint, String module, Shape shape, NDArray bias, DataType stored) {
    Shape says = shape(checkpoint, module);
    if (!says.equals(shape)) {
      throw new IllegalArgumentException("tensor '" + module + SHAPE + "' says " + says + ", the configuration wants " + shape);
    }
    Levels levels = levels(checkpoint.names(), module).orElseThrow();
    try (Scope scope = new Scope()) {
      NDArray packed = QuantizedFile.checked(checkpoint, module + suffix(levels), DataType.UINT8, new Shape((shape.size() + 1) / 2));
      Codebook made = new Codebook(packed, levels, absmax(checkpoint, module, Codebook.blocks(shape.size())), shape, bias, stored);
      scope.keep(made.arrays());
      return made;
    }
  }

  private static Shape shape(Checkpoint checkpoint, String module) {
    try (Scope scope = new Scope()) {
      return new Shape(QuantizedFile.checked(checkpoint, module + SHAPE, DataType.INT64, new Shape(2)).toLongArray());
    }
  }

  private static Absmax absmax(Checkpoint checkpoint, String module, long blocks) {
    if (!checkpoint.names().contains(module + NESTED)) {
      return new Absmax.Single(QuantizedFile.checked(checkpoint, module + ABSMAX, DataType.FLOAT32, new Shape(blocks)));
    }
    long nested = (blocks + Absmax.Doubled.BLOCK - 1) / Absmax.Doubled.BLOCK;
    return new Absmax.Doubled(QuantizedFile.checked(checkpoint, module + ABSMAX, DataType.UINT8, new Shape(blocks)),
        QuantizedFile.checked(checkpoint, module + NESTED, DataType.FLOAT32, new Shape(nested)),
        QuantizedFile.checked(checkpoint, module + OFFSET, DataType.FLOAT32, new Shape(1)));
  }
}
