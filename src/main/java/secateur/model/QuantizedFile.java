package secateur.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import secateur.file.Checkpoint;
import secateur.tensor.Bits;
import secateur.tensor.Devices;
import secateur.tensor.Scope;

/**
 * How a {@link Quantized} layer lies in safetensors: {@code <module>.codes1}, {@code .codes2}, {@code .codes4},
 * {@code .codes8} (its planes by width), {@code .scale}, {@code .zero} (whole, or in the type of the scales) and, where columns are reordered, {@code .groups}.
 */
public final class QuantizedFile {

  static final String SCALE = ".scale";
  private static final String CODES = ".codes";
  private static final String ZERO = ".zero";
  private static final String GROUPS = ".groups";

  private QuantizedFile() {}

  static boolean has(Set<String> names, String module) {
    return names.contains(module + SCALE);
  }

  /** The tensors of {@code layer}, without its bias. */
  public static Map<String, NDArray> tensors(String module, Quantized layer) {
    Map<String, NDArray> tensors = new TreeMap<>();
    Quantized.Packed packed = layer.codes().packed();
    List<Integer> widths = Bits.widths(packed.bits());
    for (int i = 0; i < widths.size(); i++) {
      tensors.put(module + CODES + widths.get(i), packed.planes().get(i));
    }
    tensors.put(module + SCALE, layer.scale());
    tensors.put(module + ZERO, layer.zero());
    if (layer.groups() != null) {
      tensors.put(module + GROUPS, layer.groups());
    }
    return tensors;
  }

  static Quantized read(Checkpoint checkpoint, String module, Shape shape, NDArray bias) {
    try (Scope scope = new Scope()) {
      Quantized.Packed packed = packed(checkpoint, module, shape);
      checkScale(checkpoint, module, shape);
      NDArray scale = read(checkpoint, module + SCALE);
      NDArray zero = checked(checkpoint, module + ZERO, zeroType(checkpoint, module, scale.getDataType()), scale.getShape());
      NDArray groups = groups(checkpoint, module, shape.get(1), scale.getShape().get(1));
      Quantized made = new Quantized(packed, scale, zero, groups, bias).fastest();
      scope.keep(made.arrays());
      return made;
    }
  }

  private static Quantized.Packed packed(Checkpoint checkpoint, String module, Shape shape) {
    List<NDArray> planes = new ArrayList<>();
    int bits = 0;
    for (int width : List.of(1, 2, 4, 8)) {
      String name = module + CODES + width;
      if (checkpoint.names().contains(name)) {
        long bytes = (shape.get(1) + 7) / 8 * width;
        planes.add(checked(checkpoint, name, DataType.UINT8, new Shape(shape.get(0), bytes)));
        bits += width;
      }
    }
    if (bits < 2 || bits > 8) {
      throw new IllegalArgumentException("layer '" + module + "' has a scale but codes of " + bits + " bits; allowed are 2 to 8");
    }
    return new Quantized.Packed(planes, bits, shape.get(1));
  }

  /** That of the scales where zeros lie between codes. */
  private static DataType zeroType(Checkpoint checkpoint, String module, DataType scale) {
    boolean between = checkpoint.names().contains(module + ZERO) && checkpoint.type(module + ZERO).type().isFloating();
    return between ? scale : DataType.UINT8;
  }

  private static void checkScale(Checkpoint checkpoint, String module, Shape shape) {
    Shape scale = checkpoint.shape(module + SCALE);
    boolean fits = scale.dimension() == 2 && scale.get(0) == shape.get(0) && scale.get(1) > 0
        && (shape.get(1) % scale.get(1) == 0 || checkpoint.names().contains(module + GROUPS));
    if (!fits || !checkpoint.type(module + SCALE).type().isFloating()) {
      throw new IllegalArgumentException("tensor '" + module + SCALE + "' is " + checkpoint.type(module + SCALE) + " " + scale
          + ", floating-point numbers for the rows and groups of a layer of shape " + shape + " are needed");
    }
  }

  /** The group of each of {@code columns} inputs, or null where they lie side by side. */
  private static NDArray groups(Checkpoint checkpoint, String module, long columns, long count) {
    String name = module + GROUPS;
    if (!checkpoint.names().contains(name)) {
      return null;
    }
    NDArray groups = checked(checkpoint, name, DataType.INT64, new Shape(columns));
    for (long group : groups.toLongArray()) {
      if (group < 0 || group >= count) {
        throw new IllegalArgumentException("tensor '" + name + "' names group " + group + " of " + count);
      }
    }
    return groups;
  }

  /** The tensor {@code name}, which must have this type and shape. */
  static NDArray checked(Checkpoint checkpoint, String name, DataType type, Shape shape) {
    if (!checkpoint.names().contains(name)) {
      throw new IllegalArgumentException("no tensor '" + name + "' in the checkpoint");
    }
    if (!checkpoint.shape(name).equals(shape) || checkpoint.type(name).type() != type) {
      throw new IllegalArgumentException("tensor '" + name + "' is " + checkpoint.type(name) + " " + checkpoint.shape(name)
          + ", expected " + type + " " + shape);
    }
    return read(checkpoint, name);
  }

  private static NDArray read(Checkpoint checkpoint, String name) {
    NDArray there = checkpoint.read(name).toDevice(Devices.current(), false);
    there.attach(Devices.manager());
    return there;
  }
}
