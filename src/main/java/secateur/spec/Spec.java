package secateur.spec;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** What an architecture is: one family's data file, filled in by one model's {@code config.json}. */
public final class Spec {

  private static final String CACHE_BITS = "key_value_cache_bits";

  private final JsonObject json;
  private final Config config;
  private final JsonObject family;
  private final Sizes sizes;
  private final Heads heads;
  private final Position position;
  private final Activation activation;
  private final double eps;
  private final List<Optional<Integer>> windows;
  private final Remains remains;
  private final CacheForm cache;

  private Spec(JsonObject json) {
    this.json = json;
    this.config = new Config(json);
    this.family = Family.of(config);
    this.heads = readHeads();
    this.sizes = readSizes();
    this.position = readPosition();
    this.activation = Activation.of(config.required(family.get("activation")).getAsString());
    this.eps = config.number(family.get("eps"));
    this.windows = IntStream.range(0, sizes.layers()).mapToObj(this::readWindow).toList();
    this.remains = Remains.of(json, sizes.layers());
    this.cache = config.find(CACHE_BITS).<CacheForm>map(bits -> new CacheForm.Rounded(config.whole(CACHE_BITS, 0))).orElse(new CacheForm.Exact());
  }

  /** Reads a configuration; an unknown architecture or a missing number is an error that names it. */
  public static Spec of(JsonObject config) {
    return new Spec(config.deepCopy());
  }

  /** The configuration as it was read. */
  public JsonObject config() {
    return json.deepCopy();
  }

  /** The configuration for {@code config.json}, with the widths of a pruned model where its usual keys can say them. */
  public JsonObject published() {
    return Uniform.of(this);
  }

  /** The architecture that programs find in {@link #published} which know nothing of what structured pruning left. */
  public Spec asOthersRead() {
    JsonObject usual = published();
    usual.remove(Remains.KEY);
    return new Spec(usual);
  }

  /** The {@code model_type}. */
  public String type() {
    return json.get("model_type").getAsString();
  }

  /** Its extents. */
  public Sizes sizes() {
    return sizes;
  }

  /** Its attention heads. */
  public Heads heads() {
    return heads;
  }

  /** How it knows the order of tokens. */
  public Position position() {
    return position;
  }

  /** What its checkpoints call their tensors. */
  public Names names() {
    return new Names(family);
  }

  /** Where its blocks normalize and add. */
  public Wiring wiring() {
    return constant(Wiring.class, "wiring", "pre");
  }

  /** How queries, keys and values are fused. */
  public Fusion fusion() {
    return constant(Fusion.class, "fusion", "none");
  }

  /** What llama.cpp calls it; an error that names what llama.cpp has where it does not know this. */
  public GgufForm gguf() {
    return GgufForm.of(type(), family);
  }

  /** theta of its rotary embeddings, before any scaling. */
  double ropeBase() {
    return new RopeFrequencies(config).base();
  }

  /** The nonlinearity of its MLPs. */
  public Activation activation() {
    return activation;
  }

  /** The inner width of the MLP, as the configuration says it; four times the hidden width where it does not. */
  public int inner() {
    for (String key : Uniform.INNER) {
      if (config.find(key).isPresent()) {
        return config.find(key).get().getAsInt();
      }
    }
    return 4 * sizes.hidden();
  }

  /** Whether norms are RMS norms (Zhang and Sennrich, arXiv 1910.07467) rather than layer norms. */
  public boolean rmsNorm() {
    return family.get("norm").getAsString().equals("rms");
  }

  /** What norms add to the variance. */
  public double eps() {
    return eps;
  }

  /** Whether the head is the embedding. */
  public boolean tied() {
    return config.flag("tie_word_embeddings", family.get("tied").getAsBoolean());
  }

  /** Whether checkpoints store weights as (in, out). */
  public boolean transposed() {
    return family.has("transposed");
  }

  /** How far block {@code index} looks back, in tokens; empty where it sees everything. */
  public Optional<Integer> window(int index) {
    return windows.get(index);
  }

  /** What structured pruning left of the original. */
  public Remains remains() {
    return remains;
  }

  /** How it keeps keys and values; {@code config.json} says it under {@code "key_value_cache_bits"}. */
  public CacheForm cache() {
    return cache;
  }

  /** This architecture with keys and values kept as {@code rounded}. */
  public Spec with(CacheForm.Rounded rounded) {
    JsonObject edited = config();
    edited.addProperty(CACHE_BITS, rounded.bits());
    return new Spec(edited);
  }

  /** This architecture with less left of it. */
  public Spec with(Remains less) {
    return new Spec(less.into(config()));
  }

  /** This architecture with only {@code blocks} of its blocks, ascending. */
  public Spec keepBlocks(int[] blocks) {
    Config edited = new Config(remains.keepBlocks(blocks).into(config()));
    edited.set(size("layers"), blocks.length);
    edited.select("layer_types", blocks);
    config.first(family.get("windowFrom")).map(JsonElement::getAsInt)
        .ifPresent(from -> edited.set(family.get("windowFrom"), (int) IntStream.of(blocks).filter(block -> block < from).count()));
    return new Spec(edited.json());
  }

  /** This architecture with only the channels {@code kept} of its residual stream, ascending, its heads as wide as before. */
  public Spec channels(int[] kept) {
    int hidden = kept.length;
    Config edited = new Config(hidden == sizes.hidden() ? config() : remains.keepChannels(kept, sizes.hidden()).into(config()));
    edited.set(size("hidden"), hidden);
    if (size("embedding") != null && sizes.embedding() == sizes.hidden()) {
      edited.set(size("embedding"), hidden);
    }
    edited.json().addProperty("head_dim", heads.size());
    return new Spec(edited.json());
  }

  /** How many groups of heads {@link #scaled} can keep: one for each key-value head, or for each query head where all share one. */
  public int scalable() {
    return heads.keyValues() == 1 ? heads.queries() : heads.keyValues();
  }

  /**
   * A whole architecture like this one with {@code layers} of its blocks, evenly spread, and {@code groups} of its groups of heads; the
   * residual stream and the MLP are narrower in proportion, heads as wide as they are.
   */
  public Spec scaled(int layers, int groups) {
    Config edited = new Config(keepBlocks(IntStream.range(0, layers).map(i -> i * sizes.layers() / layers).toArray()).config());
    int hidden = sizes.hidden() * groups / scalable();
    edited.json().remove(Remains.KEY);
    edited.set(size("hidden"), hidden);
    if (size("embedding") != null && sizes.embedding() == sizes.hidden()) {
      edited.set(size("embedding"), hidden);
    }
    edited.set(size("kvHeads"), heads.keyValues() == 1 ? 1 : groups); // before "heads", which may stand in for it
    edited.set(size("heads"), heads.queries() / scalable() * groups);
    Uniform.INNER.stream().filter(key -> edited.find(key).isPresent()).forEach(key -> edited.json().addProperty(key, inner() * groups / scalable()));
    edited.json().addProperty("head_dim", heads.size());
    return new Spec(edited.json());
  }

  private Optional<Integer> readWindow(int index) {
    return config.first(family.get("window")).map(JsonElement::getAsInt).filter(w -> windowed(index));
  }

  private boolean windowed(int index) {
    Optional<JsonElement> types = config.find("layer_types");
    if (types.isPresent()) {
      JsonElement list = types.get();
      if (!list.isJsonArray() || list.getAsJsonArray().size() != sizes.layers()) {
        throw new IllegalArgumentException("config.json: layer_types is " + list + ", a list of " + sizes.layers() + " names is needed");
      }
      return list.getAsJsonArray().get(index).getAsString().equals("sliding_attention");
    }
    return index >= config.first(family.get("windowFrom")).map(JsonElement::getAsInt).orElse(0);
  }

  private Heads readHeads() {
    int queries = config.whole(size("heads"));
    int derived = Math.max(1, config.whole(size("hidden")) / queries);
    return new Heads(queries, config.whole(size("kvHeads")), config.whole("head_dim", derived));
  }

  private Sizes readSizes() {
    int hidden = config.whole(size("hidden"));
    JsonElement embedding = size("embedding");
    return new Sizes(hidden, embedding == null ? hidden : config.whole(embedding), config.whole(size("layers")),
        config.whole("vocab_size", 0), config.whole(size("context")));
  }

  private Position readPosition() {
    String kind = family.get("position").getAsString();
    return switch (kind) {
      case "learned" -> new Position.Learned(family.has("positionOffset") ? family.get("positionOffset").getAsInt() : 0);
      case "alibi" -> new Position.Alibi(family.has("alibi"));
      default -> new Position.Rope(new RopeFrequencies(config).of(heads.size()));
    };
  }

  private JsonElement size(String name) {
    return family.getAsJsonObject("sizes").get(name);
  }

  private <E extends Enum<E>> E constant(Class<E> type, String key, String otherwise) {
    String name = family.has(key) ? family.get(key).getAsString() : otherwise;
    return Enum.valueOf(type, name.toUpperCase(java.util.Locale.ROOT));
  }

  @Override
  public String toString() {
    return type() + ", " + sizes.layers() + " blocks of width " + sizes.hidden()
        + (cache instanceof CacheForm.Rounded rounded ? ", " + rounded.bits() + "-bit key-value cache" : "");
  }
}
