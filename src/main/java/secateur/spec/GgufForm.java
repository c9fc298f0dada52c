package secateur.spec;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.Locale;
import java.util.Map;

/** What llama.cpp calls an architecture and its tensors: {@code "gguf"} in the family's data file. */
public final class GgufForm {

  private static final Map<String, String> NAMES = Map.ofEntries(Map.entry("embed", "token_embd"), Map.entry("embedNorm", "token_embd_norm"),
      Map.entry("position", "position_embd"), Map.entry("finalNorm", "output_norm"), Map.entry("head", "output"),
      Map.entry("norm1", "attn_norm"), Map.entry("norm2", "ffn_norm"), Map.entry("qNorm", "attn_q_norm"), Map.entry("kNorm", "attn_k_norm"),
      Map.entry("q", "attn_q"), Map.entry("k", "attn_k"), Map.entry("v", "attn_v"), Map.entry("qkv", "attn_qkv"),
      Map.entry("o", "attn_output"), Map.entry("gate", "ffn_gate"), Map.entry("up", "ffn_up"), Map.entry("down", "ffn_down"));

  private final JsonObject json;

  private GgufForm(JsonObject json) {
    this.json = json;
  }

  /** Of {@code family}; what llama.cpp does not have is an error that names those it has. */
  static GgufForm of(String type, JsonObject family) {
    if (!(family.get("gguf") instanceof JsonObject form)) {
      throw new IllegalArgumentException("GGUF has no architecture '" + type + "'; it has " + String.join(", ", Family.inGguf()));
    }
    JsonElement refused = form.get("refused");
    if (refused != null && !refused.isJsonNull()) {
      throw new IllegalArgumentException("this " + type + " model has " + refused.getAsString() + ", which llama.cpp does not know for " + type);
    }
    return new GgufForm(form);
  }

  /** The {@code general.architecture}. */
  public String architecture() {
    return json.get("architecture").getAsString();
  }

  /** The module {@code part} outside the blocks: {@code "token_embd"} for {@code "embed"}. */
  public String module(String part) {
    return json.get("names") instanceof JsonObject own && own.has(part) ? own.get(part).getAsString() : NAMES.get(part);
  }

  /** The module {@code part} of block {@code index}: {@code "blk.0.attn_q"} for {@code "q"}. */
  public String module(int index, String part) {
    return "blk." + index + "." + module(part);
  }

  /** How the rows of the layer {@code role} are ordered. */
  public RowOrder order(Role role) {
    return json.get("rows") instanceof JsonObject rows && rows.has(role.label())
        ? RowOrder.valueOf(rows.get(role.label()).getAsString().toUpperCase(Locale.ROOT)) : RowOrder.PLAIN;
  }

  /** Whether a tensor may divide its rotary frequencies one by one. */
  boolean divides() {
    return json.has("divides") && !json.get("divides").isJsonNull();
  }

  /** The keys of GGUF, without the architecture before them, to those of {@code config.json}. */
  JsonObject keys() {
    return json.getAsJsonObject("keys");
  }
}
