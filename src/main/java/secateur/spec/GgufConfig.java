package secateur.spec;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.Map;
import java.util.Set;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import secateur.gguf.Metadata;

/** An architecture as the key-value pairs of a GGUF file, and back. */
public final class GgufConfig {

  /** The tensor that divides rotary frequencies, (R / 2). */
  public static final String FREQUENCIES = "rope_freqs.weight";

  private static final String ARCHITECTURE = "general.architecture";
  private static final String EPS = "attention.layer_norm_%sepsilon";

  private GgufConfig() {}

  /** Writes what {@code spec} is, whose blocks have {@code heads} and {@code inner} neurons each. */
  public static void write(Spec spec, Heads heads, int inner, Metadata.Builder into) {
    String prefix = spec.gguf().architecture() + ".";
    into.u32(prefix + "context_length", spec.sizes().context());
    into.u32(prefix + "embedding_length", spec.sizes().hidden());
    into.u32(prefix + "block_count", spec.sizes().layers());
    into.u32(prefix + "feed_forward_length", inner);
    into.u32(prefix + "attention.head_count", heads.queries());
    into.u32(prefix + "attention.head_count_kv", heads.keyValues());
    into.u32(prefix + "attention.key_length", heads.size());
    into.u32(prefix + "attention.value_length", heads.size());
    into.f32(prefix + EPS.formatted(spec.rmsNorm() ? "rms_" : ""), (float) spec.eps());
    if (spec.position() instanceof Position.Rope rope) {
      into.u32(prefix + "rope.dimension_count", 2L * rope.frequencies().length);
      into.f32(prefix + "rope.freq_base", (float) spec.ropeBase());
      scaling(prefix, dividing(spec), into);
    }
    if (spec.gguf().keys().has("use_parallel_residual")) {
      into.flag(prefix + "use_parallel_residual", spec.wiring() == Wiring.PARALLEL);
    }
  }

  /** Rotary frequencies that are all divided by one number have keys; others are {@link #divisors}. */
  private static void scaling(String prefix, double[] all, Metadata.Builder into) {
    if (all.length > 0 && uniform(all) && all[0] != 1) {
      into.text(prefix + "rope.scaling.type", "linear").f32(prefix + "rope.scaling.factor", (float) all[0]);
    }
  }

  /** The tensor {@link #FREQUENCIES} of {@code spec}; empty where it needs none. */
  public static float[] divisors(Spec spec) {
    double[] all = dividing(spec);
    if (uniform(all)) {
      return new float[0];
    }
    if (!spec.gguf().divides()) {
      throw new IllegalArgumentException("the rotary frequencies of this " + spec.type() + " model are scaled one by one, which llama.cpp does not know for it");
    }
    float[] divisors = new float[all.length];
    for (int i = 0; i < all.length; i++) {
      divisors[i] = (float) all[i];
    }
    return divisors;
  }

  /** What each rotary frequency was divided by, (R / 2). */
  private static double[] dividing(Spec spec) {
    if (!(spec.position() instanceof Position.Rope rope)) {
      return new double[0];
    }
    double[] plain = RopeFrequencies.plain(2 * rope.frequencies().length, spec.ropeBase()).toArray();
    return IntStream.range(0, plain.length).mapToDouble(i -> plain[i] / rope.frequencies()[i]).toArray();
  }

  private static boolean uniform(double[] all) {
    return DoubleStream.of(all).allMatch(each -> Math.abs(each / all[0] - 1) < 1e-12);
  }

  /**
   * The {@code config.json} of a file with {@code metadata} and {@code tensors}, whose vocabulary has {@code tokens} tokens.
   *
   * @param divisors those of {@link #FREQUENCIES}, empty where the file has none
   */
  public static JsonObject read(Metadata metadata, Set<String> tensors, long tokens, float[] divisors) {
    String architecture = metadata.text(ARCHITECTURE);
    String type = Family.ofArchitecture(architecture);
    JsonObject form = Family.read(type).getAsJsonObject("gguf");
    JsonObject config = new JsonObject();
    config.addProperty("model_type", type);
    config.addProperty("vocab_size", tokens);
    config.addProperty("tie_word_embeddings", !tensors.contains("output.weight"));
    fill(config, form.get("constants"));
    for (Map.Entry<String, JsonElement> key : form.getAsJsonObject("keys").entrySet()) {
      if (metadata.has(architecture + "." + key.getKey())) {
        config.add(key.getValue().getAsString(), value(metadata, architecture + "." + key.getKey()));
      }
    }
    where(form.get("present"), tensors, true, config);
    where(form.get("absent"), tensors, false, config);
    rotary(metadata, architecture + ".", config, divisors);
    return config;
  }

  private static void fill(JsonObject config, JsonElement constants) {
    if (constants instanceof JsonObject all) {
      all.entrySet().forEach(each -> config.add(each.getKey(), each.getValue()));
    }
  }

  /** Lays over {@code config} what {@code rules} say of tensors that are there, or are not. */
  private static void where(JsonElement rules, Set<String> tensors, boolean there, JsonObject config) {
    if (rules instanceof JsonObject all) {
      all.entrySet().stream().filter(rule -> tensors.contains(rule.getKey()) == there).forEach(rule -> fill(config, rule.getValue()));
    }
  }

  /** A number or a flag; floating-point numbers as the shortest decimal that rounds to them. */
  private static JsonPrimitive value(Metadata metadata, String key) {
    if (metadata.isFlag(key)) {
      return new JsonPrimitive(metadata.flag(key));
    }
    return metadata.isWhole(key) ? new JsonPrimitive(metadata.whole(key)) : new JsonPrimitive(new java.math.BigDecimal(Float.toString(metadata.number(key))));
  }

  private static void rotary(Metadata metadata, String prefix, JsonObject config, float[] divisors) {
    if (metadata.has(prefix + "rope.dimension_count") && metadata.has(prefix + "attention.head_count")) {
      long heads = metadata.whole(prefix + "attention.head_count");
      long size = metadata.has(prefix + "attention.key_length") ? metadata.whole(prefix + "attention.key_length")
          : metadata.whole(prefix + "embedding_length") / Math.max(1, heads);
      config.addProperty("partial_rotary_factor", Math.nextUp((double) metadata.whole(prefix + "rope.dimension_count") / Math.max(1, size)));
    }
    JsonObject scaling = new JsonObject();
    if (metadata.has(prefix + "rope.scaling.type")) {
      scaling.addProperty("rope_type", metadata.text(prefix + "rope.scaling.type").replace("none", "default"));
      scaling.addProperty("factor", metadata.has(prefix + "rope.scaling.factor") ? metadata.number(prefix + "rope.scaling.factor") : 1);
    }
    if (divisors.length > 0) {
      scaling.addProperty("rope_type", "divided");
      JsonArray array = new JsonArray();
      for (float divisor : divisors) {
        array.add(divisor);
      }
      scaling.add("divisors", array);
    }
    if (!scaling.isEmpty()) {
      config.add("rope_scaling", scaling);
    }
  }
}
