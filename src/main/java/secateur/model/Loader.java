package secateur.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import secateur.file.Checkpoint;
import secateur.file.StoredType;
import secateur.gguf.GgufFile;
import secateur.gguf.ScaledCodes;
import secateur.spec.Heads;
import secateur.spec.Names;
import secateur.spec.Part;
import secateur.spec.Position;
import secateur.spec.Role;
import secateur.spec.Spec;
import secateur.tensor.Devices;
import secateur.tensor.Memory;
import secateur.tensor.Holdings;
import secateur.tensor.Scope;

/** Builds a model out of {@link Weights}; every shape is checked before it is used. */
final class Loader {

  private final Source source;
  private final Spec spec;
  private final Names names;
  private final Weights weights;

  Loader(Source source, Weights weights) {
    this.source = source;
    this.spec = source.spec();
    this.names = spec.names();
    this.weights = weights;
  }

  /** The model in the source's directory or GGUF file, in {@code type} or, where its numbers do not fit, in float32. */
  static Llm load(Source source, DataType type) {
    Function<DataType, Weights> weights = source.gguf().isPresent() ? gguf(source, type) : checkpoint(source, type);
    try {
      return new Loader(source, weights.apply(type)).load();
    } catch (Float16Overflow e) {
      return new Loader(source, weights.apply(DataType.FLOAT32)).load();
    }
  }

  private static Function<DataType, Weights> gguf(Source source, DataType type) {
    GgufFile file = source.gguf().orElseThrow();
    Memory.check(source.name(), file.tensors().values().stream().mapToLong(each -> ScaledCodes.TYPES.contains(each.type()) ? each.bytes()
        : new Shape(each.shape()).size() * type.getNumOfBytes()).sum());
    return wanted -> new GgufWeights(file, source.spec(), wanted);
  }

  private static Function<DataType, Weights> checkpoint(Source source, DataType type) {
    Checkpoint checkpoint = Checkpoint.open(source.directory());
    checkRoom(source, checkpoint, type);
    return wanted -> new Tensors(checkpoint, source.spec(), wanted);
  }

  /** Refuses what has no room where models compute; on the host, float32 stays in the file. */
  private static void checkRoom(Source source, Checkpoint checkpoint, DataType type) {
    boolean mapped = !Devices.current().isGpu();
    long needed = checkpoint.names().stream().filter(name -> !mapped || checkpoint.type(name) != StoredType.F32)
        .mapToLong(name -> checkpoint.shape(name).size() * Math.min(type.getNumOfBytes(), widened(checkpoint.type(name)))).sum();
    Memory.check(source.name(), needed);
  }

  /** Bytes of a number in memory: only floating-point numbers are widened. */
  private static int widened(StoredType stored) {
    return stored.type().isFloating() ? Float.BYTES : stored.bytes();
  }

  /** The model; nothing stays open when this fails. */
  Llm load() {
    try (Scope scope = new Scope()) {
      Ends ends = ends();
      List<Block> blocks = new ArrayList<>();
      for (int i = 0; i < spec.sizes().layers(); i++) {
        blocks.add(block(i));
      }
      return new Llm(source, ends, blocks, new Holdings());
    }
  }

  private Ends ends() {
    int hidden = spec.sizes().hidden();
    int width = spec.sizes().embedding();
    Map<String, NDArray> tables = new HashMap<>();
    Map<String, Linear> layers = new HashMap<>();
    String embed = names.module("embed").orElseThrow() + ".weight";
    long vocabulary = weights.vocabulary(embed);
    tables.put("embed", weights.matrix(embed, new Shape(vocabulary, width)));
    if (spec.position() instanceof Position.Learned learned) {
      String position = names.module("position").orElseThrow() + ".weight";
      tables.put("position", weights.matrix(position, new Shape(spec.sizes().context() + learned.offset(), hidden)));
    }
    layers.put("head", spec.tied() ? new Dense(tables.get("embed"), null, weights.stored(embed, tables.get("embed")))
        : weights.dense(names.module("head").orElseThrow(), new Shape(vocabulary, width), false, false));
    if (width != hidden) {
      layers.put("projectIn", weights.dense(names.module("projectIn").orElseThrow(), new Shape(hidden, width), false, false));
      layers.put("projectOut", weights.dense(names.module("projectOut").orElseThrow(), new Shape(width, hidden), false, false));
    }
    Map<String, Norm> norms = new HashMap<>();
    for (String part : List.of("embedNorm", "finalNorm")) {
      names.module(part).ifPresent(name -> norms.put(part, norm(name, hidden)));
    }
    return new Ends(tables, norms, layers);
  }

  private Block block(int index) {
    Map<Role, Linear> layers = new EnumMap<>(Role.class);
    long inner = spec.remains().groups(index, Part.NEURONS).map(left -> (long) left.length)
        .orElseGet(() -> weights.rows(names.layer(index, Role.UP)));
    Heads heads = spec.remains().groups(index, Part.HEADS).map(left -> left(left.length)).orElse(spec.heads());
    for (Role role : names.roles()) {
      layers.put(role, weights.linear(names.layer(index, role), shape(role, inner, heads), names.biased(role)));
    }
    Map<String, Norm> norms = new HashMap<>();
    for (String part : Block.STREAM) {
      names.module(index, part).ifPresent(name -> norms.put(part, norm(name, spec.sizes().hidden())));
    }
    for (String part : List.of("qNorm", "kNorm")) {
      names.module(index, part).ifPresent(name -> norms.put(part, norm(name, spec.heads().size())));
    }
    return new Block(spec, index, layers, norms);
  }

  /** What {@code count} groups of heads are. */
  private Heads left(int count) {
    Heads all = spec.heads();
    return all.keyValues() == 1 ? new Heads(count, 1, all.size()) : new Heads(count * all.group(), count, all.size());
  }

  private Shape shape(Role role, long inner, Heads heads) {
    long hidden = spec.sizes().hidden();
    long queries = (long) heads.queries() * heads.size();
    long keys = (long) heads.keyValues() * heads.size();
    return switch (role) {
      case Q -> new Shape(queries, hidden);
      case K, V -> new Shape(keys, hidden);
      case QKV -> new Shape(queries + 2 * keys, hidden);
      case O -> new Shape(hidden, queries);
      case GATE, UP -> new Shape(inner, hidden);
      case DOWN -> new Shape(hidden, inner);
    };
  }

  private Norm norm(String module, int width) {
    NDArray weight = weights.vector(module + ".weight", width, DataType.FLOAT32);
    NDArray bias = spec.rmsNorm() ? null : weights.vector(module + ".bias", width, DataType.FLOAT32);
    NDArray eps = Devices.manager().create((float) spec.eps()).toDevice(ai.djl.Device.cpu(), false);
    return new Norm(weight, bias, eps);
  }
}
