package secateur.model;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import com.google.gson.JsonObject;
import java.lang.ref.Cleaner;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import secateur.spec.CacheForm;
import secateur.spec.Role;
import secateur.spec.Spec;
import secateur.text.Tokenizer;
import secateur.tensor.Devices;
import secateur.tensor.Holdings;
import secateur.tensor.Nn;
import secateur.tensor.Scope;

/**
 * A language model: an embedding, blocks, a head. Immutable; {@link #with} makes a changed one that shares what did not
 * change. Close every model: its arrays are freed when the last model that holds them is closed. In a notebook, one that
 * no variable refers to any more is closed in time.
 */
public final class Llm implements AutoCloseable {

  private static final Cleaner CLEANER = Cleaner.create();

  private final Source source;
  private final Ends ends;
  private final List<Block> blocks;
  private final Holdings holdings;
  private final Hold hold;

  Llm(Source source, Ends ends, List<Block> blocks, Holdings holdings) {
    this.source = source;
    this.ends = ends;
    this.blocks = List.copyOf(blocks);
    this.holdings = holdings;
    this.hold = new Hold(holdings, arrays());
    CLEANER.register(this, hold::abandon);
  }

  /**
   * Loads a bundled model ({@code "java-8m"}), a directory in the Hugging Face layout ({@code config.json} and
   * safetensors, with {@code tokenizer.json} where there is text to read), or such a model of the hub ({@code "org/name"},
   * {@code "org/name@revision"}), which {@link HubModel} downloads once. What does not fit is an error that names it.
   */
  public static Llm load(String name) {
    return Loader.load(Source.find(name), Devices.activations());
  }

  /**
   * As {@link #load(String)}, on {@code device}, such as {@code Device.cpu()} or {@code Device.gpu(1)}: a teacher beside its student on another.
   * There it stays and computes.
   */
  public static Llm load(String name, Device device) {
    return Devices.on(device, () -> load(name));
  }

  /** Where it lives and computes. */
  public Device device() {
    return ends.tables().get("embed").getDevice();
  }

  /** What {@code work} gives with this model's device as the thread's. */
  public <T> T there(Supplier<T> work) {
    return Devices.on(device(), work);
  }

  /** A pass of this model over whole windows of {@code count} tokens. */
  public Pass pass(int count) {
    return there(() -> new Pass(spec(), 0, count, null));
  }

  /**
   * An untrained model of the architecture in {@code config}, as {@code config.json} says it: normal with deviation
   * 0.02, less where layers write to the residual stream (Radford et al., GPT-2, 2019).
   */
  public static Llm random(JsonObject config, long seed) {
    return random(new Source("random", null, Spec.of(config), Optional.empty(), true), seed);
  }

  /** As {@link #random(JsonObject, long)}, for the {@code config.json} and tokenizer in {@code directory}. */
  public static Llm random(Path directory, long seed) {
    return random(Source.find(directory.toString()), seed);
  }

  /** As {@link #random(JsonObject, long)}, but all blocks are alike: quickly made, for measurements of large models. */
  public static Llm repeated(JsonObject config, long seed) {
    Source source = new Source("random", null, Spec.of(config), Optional.empty(), true);
    return new Loader(source, RandomWeights.repeated(source.spec(), seed)).load();
  }

  /** An untrained model of the architecture {@code other}, drawn as {@link #random(JsonObject, long)} does, with this model's tokenizer. */
  public Llm untrained(Spec other, long seed) {
    return random(new Source(name() + " student", source.directory(), other, source.tokenizer(), true), seed);
  }

  private static Llm random(Source source, long seed) {
    return new Loader(source, RandomWeights.of(source.spec(), seed)).load();
  }

  /** Where it came from, for example {@code "java-8m"}. */
  public String name() {
    return source.name();
  }

  /** What its architecture is. */
  public Spec spec() {
    return source.spec();
  }

  /** Its tokenizer; an error where it has none and works on token ids. */
  public Tokenizer tokenizer() {
    return source.tokenizer().orElseThrow(() -> new IllegalStateException(
        name() + " has no tokenizer.json, so it reads no text; use Windows.of(long[][]) and logits(long[])"));
  }

  /** Its tokenizer, or null where it works on token ids. */
  public Tokenizer tokenizerOrNull() {
    return source.tokenizer().orElse(null);
  }

  /** Where its files are. */
  public Source source() {
    return source;
  }

  /** Its blocks, in order. */
  public List<Block> blocks() {
    return blocks;
  }

  /** The layers that methods work on, by name ({@code "0.q"}), in the order of the forward pass. */
  public Map<String, Linear> layers() {
    Map<String, Linear> layers = new LinkedHashMap<>();
    for (Block block : blocks) {
      for (Role role : block.roles()) {
        layers.put(block.name(role), block.layer(role));
      }
    }
    return Collections.unmodifiableMap(layers);
  }

  /** One layer; an unknown name is an error that lists those of its block. */
  public Linear layer(String name) {
    return Optional.ofNullable(layers().get(name)).orElseThrow(() -> new IllegalArgumentException(
        "no layer '" + name + "' in " + this.name() + "; block 0 has " + layers().keySet().stream()
            .filter(each -> each.startsWith("0.")).toList() + ", blocks go to " + (blocks.size() - 1)));
  }

  /** Everything outside the blocks' linear layers, by part: embeddings, norms, head. */
  public List<NDArray> others() {
    List<NDArray> others = new ArrayList<>(ends.arrays());
    blocks.forEach(block -> block.norms().values().forEach(norm -> others.addAll(norm.arrays())));
    return others;
  }

  /** The output head, (V, hidden). */
  public Linear head() {
    return ends.layers().get("head");
  }

  /** This model with other {@code blocks}, as many as it has; the new arrays leave their scopes. */
  public Llm with(List<Block> changed) {
    return new Llm(source, ends, changed, holdings);
  }

  /** This model with its keys and values kept as {@code rounded}; all weights are shared. */
  public Llm with(CacheForm.Rounded rounded) {
    Spec other = spec().with(rounded);
    return with(other, ends, blocks.stream().map(block -> block.in(other, block.index())).toList());
  }

  /** This model, an architecture that has lost some of it, with what is left. */
  Llm with(Spec less, Ends otherEnds, List<Block> left) {
    return new Llm(source.with(less), otherEnds, left, holdings);
  }

  /** This model with every part changed; the new arrays leave their scopes. */
  public Llm map(Change change) {
    return new Llm(source, ends.map(change), blocks.stream().map(block -> block.map(change)).toList(), holdings);
  }

  /** Another holder of the same model, to be closed by itself. */
  public Llm share() {
    return with(blocks);
  }

  /** Whether {@code other} may have weights of this model, or of what this was made from: not where it was drawn by itself. */
  public boolean akin(Llm other) {
    return holdings == other.holdings || !other.source.drawn();
  }

  /** The residual stream before block 0, (B, T, hidden), for token ids (B, T). */
  public NDArray embed(NDArray ids) {
    open();
    checkLength(ids.getShape().get(1));
    return there(() -> Scope.run(() -> ends.embed(ids, spec(), 0)));
  }

  /** Logits (B, T, V) for the residual stream (B, T, hidden) after the last block. */
  public NDArray head(NDArray x) {
    open();
    return there(() -> Scope.run(() -> ends.logits(x)));
  }

  /** Logits (B, T, V) for token ids (B, T), in the type that the model computes with. */
  public NDArray forward(NDArray ids) {
    return forward(ids, Tap.NONE);
  }

  /** As {@link #forward(NDArray)}, with {@code tap} looking on. */
  public NDArray forward(NDArray ids, Tap tap) {
    return there(() -> Scope.run(() -> {
      Pass pass = pass((int) ids.getShape().get(1));
      NDArray x = embed(ids);
      for (Block block : blocks) {
        x = block.forward(x, pass, tap);
      }
      return head(x);
    }));
  }

  /** Logits (V) after each of the T tokens {@code ids}. */
  public float[][] logits(long[] ids) {
    try (Scope scope = new Scope()) {
      NDArray logits = forward(ids(new long[][] {ids})).toType(DataType.FLOAT32, false);
      float[] flat = logits.toFloatArray();
      int vocabulary = flat.length / ids.length;
      float[][] rows = new float[ids.length][];
      for (int t = 0; t < rows.length; t++) {
        rows[t] = java.util.Arrays.copyOfRange(flat, t * vocabulary, (t + 1) * vocabulary);
      }
      return rows;
    }
  }

  /** Token ids (B, T) as an array; an id outside the vocabulary is an error. */
  public NDArray ids(long[][] rows) {
    open();
    if (rows.length == 0 || rows[0].length == 0) {
      throw new IllegalArgumentException("there are no token ids; at least one is needed");
    }
    long size = ends.tables().get("embed").getShape().get(0);
    long[] flat = java.util.Arrays.stream(rows).flatMapToLong(java.util.Arrays::stream).toArray();
    for (long id : flat) {
      if (id < 0 || id >= size) {
        throw new IllegalArgumentException("token id " + id + " is outside the vocabulary of " + size + " tokens");
      }
    }
    return there(() -> Devices.manager().create(flat, new Shape(rows.length, rows[0].length)));
  }

  /** Next-token cross-entropy of each window of ids (B, T), in nats: (B). */
  public NDArray loss(NDArray ids) {
    return Scope.run(() -> Nn.windowLoss(forward(ids), ids));
  }

  /** Up to {@code tokens} more tokens after {@code prompt}, chosen by {@code sampler}; stops at the end-of-text token. */
  public String generate(String prompt, int tokens, Sampler sampler) {
    long[] ids = new Generator(this, sampler).extend(tokenizer().encode(prompt), tokens);
    return tokenizer().decode(ids);
  }

  void checkLength(long length) {
    int context = spec().sizes().context();
    if (spec().position() instanceof secateur.spec.Position.Learned && length > context) {
      throw new IllegalArgumentException(length + " tokens, but " + name() + " has learned " + context + " positions");
    }
  }

  private void open() {
    if (hold.isOver()) {
      throw new IllegalStateException(name() + " is closed");
    }
  }

  Ends ends() {
    return ends;
  }

  private List<NDArray> arrays() {
    List<NDArray> arrays = new ArrayList<>(ends.arrays());
    blocks.forEach(block -> arrays.addAll(block.arrays()));
    return arrays;
  }

  @Override
  public void close() {
    hold.close();
  }

  @Override
  public String toString() {
    long parameters = layers().values().stream().mapToLong(Linear::size).sum();
    return String.format(java.util.Locale.ROOT, "%s (%s, %.1fM weights in %d layers, %s)",
        name(), spec(), parameters / 1e6, layers().size(), there(Devices::describe));
  }
}
