package secateur.train;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import secateur.file.Json;
import secateur.model.Adapted;
import secateur.model.Llm;
import secateur.spec.Role;

/** PEFT's {@code adapter_config.json}, of which only LoRA itself is known. */
final class PeftConfig {

  /** Settings that change what is computed, and are refused unless they are off. */
  private static final List<String> UNKNOWN = List.of("use_dora", "use_qalora", "lora_bias", "modules_to_save", "layer_replication",
      "target_parameters", "trainable_token_indices", "alora_invocation_tokens", "use_bdlora", "kasa_config", "velora_config", "monteclora_config");

  private final Path file;
  private final JsonObject json;

  PeftConfig(Path file) {
    this.file = file;
    this.json = Json.read(file);
    String type = json.has("peft_type") ? json.get("peft_type").getAsString() : "missing";
    if (!type.equals("LORA")) {
      throw new IllegalArgumentException(file + ": peft_type is " + type + ", allowed is LORA");
    }
    String bias = json.has("bias") ? json.get("bias").getAsString() : "none";
    if (!bias.equals("none")) {
      throw new IllegalArgumentException(file + ": bias is " + bias + ", allowed is none");
    }
    for (String key : UNKNOWN) {
      if (json.has(key) && !off(json.get(key))) {
        throw new IllegalArgumentException(file + ": " + key + " is " + json.get(key) + "; adapters with it are not read");
      }
    }
  }

  private static boolean off(JsonElement value) {
    return value.isJsonNull() || value.isJsonArray() && value.getAsJsonArray().isEmpty()
        || value.isJsonObject() && value.getAsJsonObject().size() == 0
        || value.isJsonPrimitive() && value.getAsJsonPrimitive().isBoolean() && !value.getAsBoolean();
  }

  /** s of {@code module}, whose matrices have {@code rank}: alpha / r, or alpha / sqrt(r) (Kalajdzievski, arXiv 2312.03732). */
  double scale(String module, long rank) {
    boolean rooted = json.has("use_rslora") && json.get("use_rslora").getAsBoolean();
    return alpha(module) / (rooted ? Math.sqrt(rank) : rank);
  }

  private double alpha(String module) {
    return value("alpha_pattern", "lora_alpha", module);
  }

  /** Refuses matrices of {@code rank} for {@code module} where the file says another. */
  void checkRank(String module, long rank) {
    double says = value("rank_pattern", "r", module);
    if (says != rank) {
      throw new IllegalArgumentException("its matrices have rank " + rank + ", " + file + " says r " + BigDecimal.valueOf(says).stripTrailingZeros().toPlainString());
    }
  }

  /** The first pattern that ends the module's name says it, as in PEFT; otherwise {@code key}. */
  private double value(String patterns, String key, String module) {
    if (json.has(patterns) && json.get(patterns).isJsonObject()) {
      for (Map.Entry<String, JsonElement> each : json.getAsJsonObject(patterns).entrySet()) {
        if (module.matches("(.*\\.)?(" + each.getKey() + ")")) {
          return each.getValue().getAsDouble();
        }
      }
    }
    if (!json.has(key)) {
      throw new IllegalArgumentException(file + " has no " + key);
    }
    return json.get(key).getAsDouble();
  }

  /** For {@code layers}, by module; ranks and alphas other than the first layer's go into the patterns. */
  static JsonObject of(Llm model, Map<String, Adapted> layers) {
    Adapted first = layers.values().iterator().next();
    JsonObject json = new JsonObject();
    json.addProperty("peft_type", "LORA");
    json.addProperty("task_type", "CAUSAL_LM");
    json.addProperty("base_model_name_or_path", model.name());
    json.addProperty("r", first.rank());
    json.addProperty("lora_alpha", first.scale() * first.rank());
    json.addProperty("lora_dropout", 0.0);
    json.addProperty("bias", "none");
    json.addProperty("fan_in_fan_out", model.spec().transposed());
    json.addProperty("inference_mode", true);
    json.add("target_modules", targets(model, layers));
    JsonObject ranks = new JsonObject();
    JsonObject alphas = new JsonObject();
    layers.forEach((module, layer) -> {
      if (layer.rank() != first.rank()) {
        ranks.addProperty(module, layer.rank());
      }
      if (layer.scale() * layer.rank() != first.scale() * first.rank()) {
        alphas.addProperty(module, layer.scale() * layer.rank());
      }
    });
    json.add("rank_pattern", ranks);
    json.add("alpha_pattern", alphas);
    return json;
  }

  /** The ends of the modules' names, {@code self_attn.q_proj}; whole names where not every block has an adapter there. */
  private static JsonArray targets(Llm model, Map<String, Adapted> layers) {
    TreeSet<String> targets = new TreeSet<>();
    for (Role role : model.spec().names().roles()) {
      String end = "." + model.spec().names().module(role.label()).orElseThrow();
      List<String> there = layers.keySet().stream().filter(module -> module.endsWith(end)).toList();
      targets.addAll(there.size() == model.blocks().size() ? List.of(end.substring(1)) : there);
    }
    JsonArray array = new JsonArray();
    targets.forEach(array::add);
    return array;
  }
}
