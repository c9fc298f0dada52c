package secateur.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import secateur.file.MalformedFileException;
import secateur.gguf.Blocks;
import secateur.gguf.GgmlType;
import secateur.gguf.GgufFile;
import secateur.gguf.ScaledCodes;
import secateur.spec.GgufConfig;
import secateur.spec.GgufForm;
import secateur.spec.Names;
import secateur.spec.Role;
import secateur.spec.RowOrder;
import secateur.spec.Spec;
import secateur.tensor.Devices;
import secateur.tensor.Scope;
import secateur.tensor.Select;

/** The tensors of a GGUF file by the names that the family's checkpoints have. Blocks of one scale stay packed. */
final class GgufWeights implements Weights {

  /** A module of the file, and the order of its rows. */
  private record Module(String name, RowOrder order) {}

  private final GgufFile file;
  private final Spec spec;
  private final DataType type;
  private final Map<String, Module> modules = new HashMap<>();

  /** For weights and activations in {@code type}. */
  GgufWeights(GgufFile file, Spec spec, DataType type) {
    this.file = file;
    this.spec = spec;
    this.type = type;
    Names names = spec.names();
    GgufForm form = spec.gguf();
    for (String part : List.of("embed", "embedNorm", "position", "finalNorm", "head")) {
      names.module(part).ifPresent(name -> modules.put(name, new Module(form.module(part), RowOrder.PLAIN)));
    }
    for (int i = 0; i < spec.sizes().layers(); i++) {
      int block = i;
      for (Role role : names.roles()) {
        modules.put(names.layer(block, role), new Module(form.module(block, role.label()), form.order(role)));
      }
      for (String part : List.of("norm1", "norm2", "qNorm", "kNorm")) {
        names.module(block, part).ifPresent(name -> modules.put(name, new Module(form.module(block, part), RowOrder.PLAIN)));
      }
    }
  }

  /** The {@code config.json} that {@code file} amounts to. */
  static JsonObject config(Path path, GgufFile file) {
    GgufFile.Tensor embedding = file.tensors().get("token_embd.weight");
    if (embedding == null) {
      throw new MalformedFileException(path, "it has no tensor 'token_embd.weight'");
    }
    GgufFile.Tensor divisors = file.tensors().get(GgufConfig.FREQUENCIES);
    return GgufConfig.read(file.metadata(), file.tensors().keySet(), embedding.shape()[0], divisors == null ? new float[0] : decoded(file, divisors));
  }

  private static float[] decoded(GgufFile file, GgufFile.Tensor tensor) {
    return Blocks.decode(tensor.type(), file.read(tensor.name()), Math.toIntExact(new Shape(tensor.shape()).size()));
  }

  @Override
  public long vocabulary(String name) {
    return tensor(name).shape()[0];
  }

  @Override
  public long rows(String module) {
    return tensor(module + ".weight").shape()[0];
  }

  @Override
  public DataType stored(String name, NDArray matrix) {
    return tensor(name).type() == GgmlType.F32 ? DataType.FLOAT32 : DataType.FLOAT16;
  }

  @Override
  public Linear linear(String module, Shape shape, boolean biased) {
    RowOrder order = modules.get(module).order();
    NDArray rows = order.back(shape.get(0), spec.heads()).map(Select::places).orElse(null);
    NDArray bias = biased ? Select.rows(vector(module + ".bias", shape.get(0), type), rows) : null;
    GgufFile.Tensor tensor = checked(module + ".weight", shape);
    if (ScaledCodes.TYPES.contains(tensor.type())) {
      return GgufBlocks.read(tensor.type(), file.read(tensor.name()), shape, rows, bias);
    }
    return new Dense(Select.rows(matrix(module + ".weight", shape), rows), bias, stored(module + ".weight", null));
  }

  @Override
  public Dense dense(String module, Shape shape, boolean biased, boolean turned) {
    NDArray bias = biased ? vector(module + ".bias", shape.get(0), type) : null;
    return new Dense(matrix(module + ".weight", shape), bias, stored(module + ".weight", null));
  }

  @Override
  public NDArray matrix(String name, Shape shape) {
    return read(checked(name, shape), type);
  }

  @Override
  public NDArray vector(String name, long length, DataType wanted) {
    return read(checked(name, new Shape(length)), wanted);
  }

  private NDArray read(GgufFile.Tensor tensor, DataType wanted) {
    Shape shape = new Shape(tensor.shape());
    float[] values = decoded(file, tensor);
    return Scope.run(() -> {
      NDArray host = Devices.hostManager().create(values, shape);
      if (wanted == DataType.FLOAT16 && !Float16Overflow.fits(host)) {
        throw new Float16Overflow("tensor '" + tensor.name() + "' does not fit float16");
      }
      NDArray there = host.toDevice(Devices.current(), false).toType(wanted, false);
      there.attach(Devices.manager());
      return there;
    });
  }

  private GgufFile.Tensor checked(String name, Shape shape) {
    GgufFile.Tensor tensor = tensor(name);
    if (!new Shape(tensor.shape()).equals(shape)) {
      throw new IllegalArgumentException("tensor '" + tensor.name() + "' has shape " + new Shape(tensor.shape()) + ", the metadata wants " + shape);
    }
    return tensor;
  }

  /** The tensor behind {@code name}, a module with {@code ".weight"} or {@code ".bias"}. */
  private GgufFile.Tensor tensor(String name) {
    int dot = name.lastIndexOf('.');
    String found = modules.get(name.substring(0, dot)).name() + name.substring(dot);
    GgufFile.Tensor tensor = file.tensors().get(found);
    if (tensor == null) {
      throw new IllegalArgumentException("no tensor '" + found + "' in the file; it has "
          + String.join(", ", file.tensors().keySet().stream().limit(5).toList()) + ", …");
    }
    return tensor;
  }
}
