package secateur.text;

import com.google.gson.JsonArray;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import secateur.gguf.Metadata;

/** GGUF metadata as a {@code tokenizer.json} and a {@code tokenizer_config.json}. */
final class VocabularyReader {
  private static final String PREFIX = "tokenizer.ggml.";

  private final Metadata metadata;
  private final List<String> tokens;
  private final TokenType[] types;

  VocabularyReader(Metadata metadata) {
    this.metadata = metadata;
    tokens = metadata.texts(PREFIX + "tokens");
    types = types();
  }

  /** Without the array of types a token is what its text looks like. */
  private TokenType[] types() {
    int[] numbers = metadata.has(PREFIX + "token_type") ? metadata.ints(PREFIX + "token_type") : new int[0];
    if (numbers.length != 0 && numbers.length != tokens.size()) {
      throw new IllegalArgumentException("there are " + tokens.size() + " tokens, but " + numbers.length + " values of " + PREFIX + "token_type");
    }
    if (numbers.length > 0) {
      return Arrays.stream(numbers).mapToObj(TokenType::of).toArray(TokenType[]::new);
    }
    return tokens.stream().map(each -> isSentencePiece() && each.matches("<0x[0-9A-F]{2}>") ? TokenType.BYTE : TokenType.NORMAL)
        .toArray(TokenType[]::new);
  }

  private boolean isSentencePiece() {
    return metadata.text(PREFIX + "model").equals("llama");
  }

  TokenizerFiles files() {
    String kind = metadata.text(PREFIX + "model");
    if (!isSentencePiece() && !kind.equals("gpt2")) {
      throw new IllegalArgumentException(PREFIX + "model is '" + kind + "'; known are gpt2 (byte-level BPE) and llama (SentencePiece BPE)");
    }
    return new TokenizerFiles("the vocabulary of the GGUF file", bytes(tokenizer()), bytes(config()));
  }

  private static byte[] bytes(JsonObject json) {
    return json.toString().getBytes(StandardCharsets.UTF_8);
  }

  private JsonObject tokenizer() {
    JsonObject json = new JsonObject();
    json.addProperty("version", "1.0");
    json.add("added_tokens", added());
    PreTokenizer pre = isSentencePiece() ? null : PreTokenizer.named(metadata.has(PREFIX + "pre") ? metadata.text(PREFIX + "pre") : "default");
    json.add("normalizer", isSentencePiece() ? spaces() : pre == PreTokenizer.QWEN2 ? PreTokenizer.typed("NFC") : JsonNull.INSTANCE);
    json.add("pre_tokenizer", pre == null ? JsonNull.INSTANCE : pre.json());
    json.add("post_processor", additions(pre).json(tokens));
    json.add("decoder", isSentencePiece() ? words() : PreTokenizer.byteLevel(true));
    json.add("model", model(pre));
    return json;
  }

  private JsonArray added() {
    JsonArray added = new JsonArray();
    for (int id = 0; id < types.length; id++) {
      boolean special = types[id] == TokenType.CONTROL || types[id] == TokenType.UNKNOWN;
      if (special || types[id] == TokenType.USER_DEFINED) {
        JsonObject token = new JsonObject();
        token.addProperty("id", id);
        token.addProperty("content", tokens.get(id));
        List.of("single_word", "lstrip", "rstrip", "normalized").forEach(flag -> token.addProperty(flag, false));
        token.addProperty("special", special);
        added.add(token);
      }
    }
    return added;
  }

  private boolean prefix() {
    return flag("add_space_prefix", true);
  }

  private boolean flag(String name, boolean otherwise) {
    return metadata.has(PREFIX + name) ? metadata.flag(PREFIX + name) : otherwise;
  }

  private JsonObject spaces() {
    return JsonParser.parseString("{\"type\":\"Sequence\",\"normalizers\":["
        + (prefix() ? "{\"type\":\"Prepend\",\"prepend\":\"\u2581\"}," : "")
        + "{\"type\":\"Replace\",\"pattern\":{\"String\":\" \"},\"content\":\"\u2581\"}]}").getAsJsonObject();
  }

  private JsonObject words() {
    return JsonParser.parseString("{\"type\":\"Sequence\",\"decoders\":["
        + "{\"type\":\"Replace\",\"pattern\":{\"String\":\"\u2581\"},\"content\":\" \"},{\"type\":\"ByteFallback\"},{\"type\":\"Fuse\"}"
        + (prefix() ? ",{\"type\":\"Strip\",\"content\":\" \",\"start\":1,\"stop\":0}" : "") + "]}").getAsJsonObject();
  }

  private Additions additions(PreTokenizer pre) {
    boolean before = flag("add_bos_token", isSentencePiece() || pre == PreTokenizer.LLAMA3);
    boolean after = flag("add_eos_token", false);
    return new Additions(before ? token("bos") : null, after ? token("eos") : null);
  }

  private String token(String role) {
    long id = metadata.whole(PREFIX + role + "_token_id");
    if (id < 0 || id >= tokens.size()) {
      throw new IllegalArgumentException(PREFIX + role + "_token_id is " + id + "; there are tokens 0 to " + (tokens.size() - 1));
    }
    return tokens.get((int) id);
  }

  private JsonObject model(PreTokenizer pre) {
    JsonObject model = PreTokenizer.typed("BPE");
    List.of("dropout", "unk_token", "continuing_subword_prefix", "end_of_word_suffix").forEach(none -> model.add(none, JsonNull.INSTANCE));
    if (isSentencePiece() && metadata.has(PREFIX + "unknown_token_id")) {
      model.addProperty("unk_token", token("unknown"));
    }
    model.addProperty("fuse_unk", isSentencePiece());
    model.addProperty("byte_fallback", isSentencePiece());
    model.addProperty("ignore_merges", pre != null && pre.wholeWords());
    JsonObject vocab = new JsonObject();
    SentencePiece.ids(tokens).forEach((text, id) -> {
      if (types[id] != TokenType.UNUSED) {
        vocab.addProperty(text, id);
      }
    });
    model.add("vocab", vocab);
    model.add("merges", isSentencePiece() ? rebuilt() : given());
    return model;
  }

  private JsonArray given() {
    JsonArray merges = new JsonArray();
    metadata.texts(PREFIX + "merges").forEach(merges::add);
    return merges;
  }

  private JsonArray rebuilt() {
    float[] scores = metadata.floats(PREFIX + "scores");
    if (scores.length != tokens.size()) {
      throw new IllegalArgumentException("there are " + tokens.size() + " tokens, but " + scores.length + " values of " + PREFIX + "scores");
    }
    JsonArray merges = new JsonArray();
    for (SentencePiece.Merge merge : SentencePiece.merges(tokens, scores, types)) {
      JsonArray pair = new JsonArray();
      pair.add(merge.left());
      pair.add(merge.right());
      merges.add(pair);
    }
    return merges;
  }

  private JsonObject config() {
    JsonObject config = new JsonObject();
    config.addProperty("tokenizer_class", "PreTrainedTokenizerFast");
    config.addProperty("clean_up_tokenization_spaces", false);
    Map.of("bos", "bos", "eos", "eos", "unknown", "unk", "padding", "pad").forEach((here, there) -> {
      if (metadata.has(PREFIX + here + "_token_id")) {
        config.addProperty(there + "_token", token(here));
      }
    });
    if (metadata.has("tokenizer.chat_template")) {
      config.addProperty("chat_template", metadata.text("tokenizer.chat_template"));
    }
    return config;
  }
}
