package secateur.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.stream.Stream;
import java.util.stream.Collectors;
import secateur.file.Checkpoint;
import secateur.file.StoredType;
import secateur.spec.Spec;
import secateur.tensor.Devices;

/** A checkpoint's tensors by module name, with or without the base prefix, checked and brought to the device. */
final class Tensors implements Weights {

  private final Checkpoint checkpoint;
  private final String prefix;
  private final boolean transposed;
  private final DataType type;
  private final String embed;
  private final Optional<PackedLayers> layout;

  /** For weights and activations in {@code type}. */
  Tensors(Checkpoint checkpoint, Spec spec, DataType type) {
    this.checkpoint = checkpoint;
    this.prefix = spec.names().prefix();
    this.transposed = spec.transposed();
    this.type = type;
    this.embed = spec.names().module("embed").orElseThrow() + ".weight";
    this.layout = PackedLayers.of(spec.config());
  }

  @Override
  public long vocabulary(String name) {
    return shape(name).get(0);
  }

  /** The shape of the matrix {@code name}. */
  private Shape shape(String name) {
    String found = find(name);
    Shape shape = checkpoint.shape(found);
    if (shape.dimension() != 2) {
      throw new IllegalArgumentException("tensor '" + found + "' has shape " + shape + ", a matrix is needed");
    }
    return shape;
  }

  @Override
  public DataType stored(String name, NDArray matrix) {
    return stored(checkpoint.type(find(name)), matrix);
  }

  static DataType stored(StoredType type, NDArray matrix) {
    boolean fits = type != StoredType.BF16 || Float16Overflow.fits(matrix);
    return type.bytes() == 2 && fits ? DataType.FLOAT16 : DataType.FLOAT32;
  }

  @Override
  public long rows(String module) {
    if (inLayout(prefixed(module))) {
      return layout.orElseThrow().rows(checkpoint, prefixed(module));
    }
    if (QuantizedFile.has(checkpoint.names(), prefixed(module))) {
      return shape(module + QuantizedFile.SCALE).get(0);
    }
    if (Int8File.has(checkpoint.names(), prefixed(module))) {
      return shape(module + Int8File.CODES).get(0);
    }
    if (SparseFile.has(checkpoint.names(), prefixed(module))) {
      return shape(module + SparseFile.BITS).get(0);
    }
    if (CodebookFile.has(checkpoint.names(), prefixed(module))) {
      return CodebookFile.rows(checkpoint, prefixed(module));
    }
    return shape(module + ".weight").get(transposed ? 1 : 0);
  }

  @Override
  public Linear linear(String module, Shape shape, boolean biased) {
    Linear layer = layer(module, shape, biased);
    String bits = prefixed(module) + RoundedInput.BITS;
    return checkpoint.names().contains(bits)
        ? new RoundedInput(layer, QuantizedFile.checked(checkpoint, bits, DataType.UINT8, new Shape(1)).toUint8Array()[0]) : layer;
  }

  private Linear layer(String module, Shape shape, boolean biased) {
    String found = prefixed(module);
    Set<String> names = checkpoint.names();
    if (inLayout(found)) {
      return layout.orElseThrow().read(checkpoint, found, shape, biased ? vector(module + ".bias", shape.get(0), type) : null);
    }
    if (Stream.<BiPredicate<Set<String>, String>>of(QuantizedFile::has, CodebookFile::has, Int8File::has, SparseFile::has).noneMatch(form -> form.test(names, found))) {
      return dense(module, shape, biased, transposed);
    }
    NDArray bias = biased ? vector(module + ".bias", shape.get(0), type) : null;
    if (QuantizedFile.has(names, found)) {
      return QuantizedFile.read(checkpoint, found, shape, bias);
    }
    if (CodebookFile.has(names, found)) {
      DataType tables = checkpoint.type(find(embed)).bytes() == 2 ? DataType.FLOAT16 : DataType.FLOAT32;
      return CodebookFile.read(checkpoint, found, shape, bias, tables);
    }
    return Int8File.has(names, found) ? Int8File.read(checkpoint, found, shape, bias) : new SparseFile(checkpoint, found).read(shape, type, bias);
  }

  private boolean inLayout(String module) {
    return layout.isPresent() && layout.get().has(checkpoint.names(), module);
  }

  @Override
  public Dense dense(String module, Shape shape, boolean biased, boolean turned) {
    String name = module + ".weight";
    NDArray weight = matrix(name, turned ? new Shape(shape.get(1), shape.get(0)) : shape);
    NDArray bias = biased ? vector(module + ".bias", shape.get(0), type) : null;
    return new Dense(turned ? weight.transpose().duplicate() : weight, bias, stored(name, weight));
  }

  @Override
  public NDArray matrix(String name, Shape shape) {
    return read(name, shape, type);
  }

  @Override
  public NDArray vector(String name, long length, DataType wanted) {
    return read(name, new Shape(length), wanted);
  }

  private NDArray read(String name, Shape shape, DataType wanted) {
    String found = find(name);
    if (!checkpoint.shape(found).equals(shape)) {
      throw new IllegalArgumentException(
          "tensor '" + found + "' has shape " + checkpoint.shape(found) + ", the configuration wants " + shape);
    }
    return read(checkpoint, found, wanted);
  }

  /** The floating-point numbers {@code found} as {@code wanted}, where models compute. */
  static NDArray read(Checkpoint checkpoint, String found, DataType wanted) {
    if (!checkpoint.type(found).type().isFloating()) {
      throw new IllegalArgumentException(
          "tensor '" + found + "' is stored as " + checkpoint.type(found) + ", floating-point numbers are needed");
    }
    NDArray host = checkpoint.read(found);
    if (wanted == DataType.FLOAT16 && !Float16Overflow.fits(host)) {
      throw new Float16Overflow("tensor '" + found + "' does not fit float16");
    }
    NDArray there = host.toDevice(Devices.current(), false).toType(wanted, false);
    there.attach(Devices.manager());
    return there;
  }

  private String prefixed(String module) {
    Set<String> names = checkpoint.names();
    return names.stream().anyMatch(name -> name.startsWith(prefix + module + ".")) ? prefix + module : module;
  }

  private String find(String name) {
    if (checkpoint.names().contains(prefix + name)) {
      return prefix + name;
    }
    if (checkpoint.names().contains(name)) {
      return name;
    }
    throw new IllegalArgumentException("no tensor '" + prefix + name + "' (nor '" + name + "') in the checkpoint; it has "
        + checkpoint.names().stream().limit(5).collect(Collectors.joining(", ")) + ", …");
  }
}
