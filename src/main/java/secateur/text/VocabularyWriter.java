package secateur.text;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import secateur.gguf.Metadata;

/** A {@code tokenizer.json} as GGUF metadata; {@link GgufVocabulary} says what comes out. */
final class VocabularyWriter {
  private static final String SPACE = SentencePiece.SPACE;

  private final JsonObject tokenizer;
  private final JsonObject model;
  private final JsonObject config;
  private final String[] tokens;       // by id
  private final TokenType[] types;
  private final List<String> notes = new ArrayList<>();

  VocabularyWriter(TokenizerFiles files, int rows) {
    tokenizer = parse(files.tokenizer());
    model = tokenizer.getAsJsonObject("model");
    config = parse(files.config());
    if (!"BPE".equals(text(model, "type"))) {
      throw new IllegalArgumentException("a tokenizer of the kind " + text(model, "type") + " has no form in GGUF here; BPE has");
    }
    int size = new Vocabulary(files).size();
    if (size > rows) {
      throw new IllegalArgumentException("the tokenizer has " + size + " ids, the model " + rows + " rows of embeddings");
    }
    tokens = new String[rows];
    types = new TokenType[rows];
    fill();
  }

  private static JsonObject parse(byte[] json) {
    return JsonParser.parseString(new String(json, StandardCharsets.UTF_8)).getAsJsonObject();
  }

  private static String text(JsonObject object, String name) {
    JsonElement value = object.get(name);
    return value == null || value.isJsonNull() ? null : value.getAsString();
  }

  private boolean isSentencePiece() {
    return PreTokenizer.flag(model, "byte_fallback", false);
  }

  private void fill() {
    Arrays.fill(types, TokenType.UNUSED);
    model.getAsJsonObject("vocab").entrySet().forEach(e -> put(e.getValue().getAsInt(), e.getKey(), type(e.getKey())));
    JsonElement added = tokenizer.get("added_tokens");
    for (JsonElement each : added == null || added.isJsonNull() ? new JsonArray() : added.getAsJsonArray()) {
      JsonObject token = each.getAsJsonObject();
      boolean special = PreTokenizer.flag(token, "special", false);
      String text = token.get("content").getAsString();
      List.of("lstrip", "rstrip", "single_word").forEach(flag -> lost(token, flag));
      put(token.get("id").getAsInt(), text, isUnknown(text) ? TokenType.UNKNOWN : special ? TokenType.CONTROL : TokenType.USER_DEFINED);
    }
    for (int id = 0; id < tokens.length; id++) {
      tokens[id] = tokens[id] == null ? "[PAD" + id + "]" : tokens[id];
    }
  }

  private void lost(JsonObject token, String flag) {
    if (PreTokenizer.flag(token, flag, false)) {
      notes.add("the token " + token.get("content") + " is found with " + flag + " here, and without in programs that open GGUF");
    }
  }

  private void put(int id, String text, TokenType type) {
    tokens[id] = text;
    types[id] = type;
  }

  private TokenType type(String text) {
    return isUnknown(text) ? TokenType.UNKNOWN
        : isSentencePiece() && text.matches("<0x[0-9A-F]{2}>") ? TokenType.BYTE : TokenType.NORMAL;
  }

  private boolean isUnknown(String text) {
    return isSentencePiece() && text.equals(text(model, "unk_token"));
  }

  List<String> write(Metadata.Builder into) {
    refuse("dropout", "continuing_subword_prefix", "end_of_word_suffix");
    into.text("tokenizer.ggml.model", isSentencePiece() ? "llama" : "gpt2");
    into.text("tokenizer.ggml.pre", isSentencePiece() ? "default" : pre().title());
    into.texts("tokenizer.ggml.tokens", List.of(tokens));
    into.i32s("tokenizer.ggml.token_type", Arrays.stream(types).mapToInt(Enum::ordinal).toArray());
    if (isSentencePiece()) {
      boolean prefix = prefix();
      into.f32s("tokenizer.ggml.scores", scores()).flag("tokenizer.ggml.add_space_prefix", prefix);
    } else {
      normalized();
      into.texts("tokenizer.ggml.merges", merges().stream().map(pair -> pair[0] + " " + pair[1]).toList());
      into.flag("tokenizer.ggml.add_space_prefix", false);
    }
    special(into);
    return List.copyOf(notes);
  }

  private void refuse(String... names) {
    for (String name : names) {
      JsonElement value = model.get(name);
      if (value != null && !value.isJsonNull() && !value.getAsString().isEmpty()) {
        throw new IllegalArgumentException("BPE with " + name + " " + value + " has no form in GGUF");
      }
    }
  }

  private PreTokenizer pre() {
    return PreTokenizer.of(tokenizer.get("pre_tokenizer"), PreTokenizer.flag(model, "ignore_merges", false));
  }

  private void normalized() {
    PreTokenizer.steps(tokenizer.get("normalizer"), "normalizers").forEach(step -> {
      if (!"NFC".equals(text(step, "type"))) {
        throw new IllegalArgumentException("the normalizer " + step + " has no form in GGUF");
      }
      notes.add("text is brought to Unicode's normal form C before it is tokenized here, not so in programs that open GGUF");
    });
  }

  /** Whether a space is put before a text; in any case every space becomes U+2581. */
  private boolean prefix() {
    boolean prefix = false;
    boolean replaced = false;
    for (JsonObject step : PreTokenizer.steps(tokenizer.get("normalizer"), "normalizers").toList()) {
      switch (text(step, "type") + " " + text(step, "prepend") + text(step, "content")) {
        case "Prepend " + SPACE + "null" -> prefix = true;
        case "Replace null" + SPACE -> replaced = step.getAsJsonObject("pattern").equals(JsonParser.parseString("{\"String\":\" \"}"));
        default -> throw new IllegalArgumentException("the normalizer " + step + " has no form in GGUF's kind of SentencePiece");
      }
    }
    for (JsonObject step : PreTokenizer.steps(tokenizer.get("pre_tokenizer"), "pretokenizers").toList()) {
      prefix |= metaspace(step);
      if (prefix) {
        notes.add("the space that is put before a text is put in programs that open GGUF also before a text that begins with one, "
            + "and after a special token");
      }
      replaced = true;
    }
    if (!replaced) {
      throw new IllegalArgumentException("BPE with byte fallback has a form in GGUF where spaces become " + SPACE + "; here they do not");
    }
    return prefix;
  }

  private static boolean metaspace(JsonObject step) {
    if (!"Metaspace".equals(text(step, "type")) || !SPACE.equals(text(step, "replacement")) || PreTokenizer.flag(step, "split", true)) {
      throw new IllegalArgumentException("the pre-tokenizer " + step + " has no form in GGUF's kind of SentencePiece; Metaspace of "
          + SPACE + " without a split has");
    }
    String scheme = text(step, "prepend_scheme");
    return scheme == null ? PreTokenizer.flag(step, "add_prefix_space", true) : !scheme.equals("never");
  }

  private float[] scores() {
    Map<String, Integer> ids = SentencePiece.ids(List.of(tokens));
    List<SentencePiece.Merge> merges = merges().stream()
        .map(pair -> new SentencePiece.Merge(pair[0], pair[1], ids.getOrDefault(pair[0] + pair[1], -1))).filter(merge -> merge.id() >= 0).toList();
    float[] scores = SentencePiece.scores(List.of(tokens), merges);
    Set<SentencePiece.Merge> all = new HashSet<>(SentencePiece.merges(List.of(tokens), scores, types));
    all.removeAll(new HashSet<>(merges));
    if (!all.isEmpty()) {
      notes.add(all.size() + " pairs of tokens are merged by programs that open GGUF, and not here: some texts fall into other tokens there");
    }
    return scores;
  }

  /** A merge is {@code "left right"} in older files, {@code ["left", "right"]} in newer ones. */
  private List<String[]> merges() {
    List<String[]> merges = new ArrayList<>();
    for (JsonElement merge : model.getAsJsonArray("merges")) {
      merges.add(merge.isJsonArray()
          ? new String[] {merge.getAsJsonArray().get(0).getAsString(), merge.getAsJsonArray().get(1).getAsString()}
          : merge.getAsString().split(" ", 2));
    }
    return merges;
  }

  private void special(Metadata.Builder into) {
    Additions additions = Additions.of(tokenizer.get("post_processor"));
    Map<String, String> named = new HashMap<>();
    for (String role : List.of("bos", "eos", "unk", "pad")) {
      named.put(role, content(config.get(role + "_token")));
    }
    named.computeIfAbsent("unk", role -> text(model, "unk_token"));
    named.put("bos", additions.before() == null ? named.get("bos") : additions.before());
    named.put("eos", additions.after() == null ? named.get("eos") : additions.after());
    id(into, "bos", named.get("bos"));
    id(into, "eos", named.get("eos"));
    id(into, "unknown", named.get("unk"));
    id(into, "padding", named.get("pad"));
    into.flag("tokenizer.ggml.add_bos_token", additions.before() != null);
    into.flag("tokenizer.ggml.add_eos_token", additions.after() != null);
    chat(config.get("chat_template"), into);
  }

  private static String content(JsonElement token) {
    return token == null || token.isJsonNull() ? null : token.isJsonObject() ? text(token.getAsJsonObject(), "content") : token.getAsString();
  }

  private void id(Metadata.Builder into, String role, String token) {
    int id = token == null ? -1 : List.of(tokens).indexOf(token);
    if (id >= 0) {
      into.u32("tokenizer.ggml." + role + "_token_id", id);
    }
  }

  /** One template, or several with names, of which that called default counts. Never run here. */
  private static void chat(JsonElement template, Metadata.Builder into) {
    if (template != null && template.isJsonPrimitive()) {
      into.text("tokenizer.chat_template", template.getAsString());
    } else if (template != null && template.isJsonArray()) {
      template.getAsJsonArray().asList().stream().map(JsonElement::getAsJsonObject).filter(each -> "default".equals(text(each, "name")))
          .forEach(each -> into.text("tokenizer.chat_template", each.get("template").getAsString()));
    }
  }
}
