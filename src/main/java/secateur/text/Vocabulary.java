package secateur.text;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** The pieces of a {@code tokenizer.json} by id, and which of them ends a text. */
final class Vocabulary {
  private static final List<String> ENDS = List.of("<|endoftext|>", "</s>", "<|end_of_text|>", "<eos>", "<|im_end|>");

  private final Map<Long, String> pieces = new HashMap<>();
  private final OptionalLong end;

  /** @throws IllegalArgumentException if {@code tokenizer.json} is not JSON, or has no {@code model.vocab} */
  Vocabulary(TokenizerFiles files) {
    try {
      var tokenizer = parse(files.tokenizer());
      addModel(tokenizer.getAsJsonObject("model").get("vocab"));
      addAdded(tokenizer.get("added_tokens"));
      end = find(parse(files.config()).get("eos_token"));
    } catch (JsonParseException | IllegalStateException | ClassCastException | NullPointerException e) {
      throw new IllegalArgumentException(files.origin() + " is not a tokenizer.json with a model and its vocab", e);
    }
  }

  int size() {
    return pieces.keySet().stream().mapToInt(Long::intValue).max().orElse(-1) + 1;
  }

  OptionalLong end() {
    return end;
  }

  boolean has(long id) {
    return pieces.containsKey(id);
  }

  String piece(long id) {
    if (!has(id)) {
      throw new IllegalArgumentException("token id " + id + " is not in the vocabulary of ids 0 to " + (size() - 1));
    }
    return pieces.get(id);
  }

  /** BPE, WordPiece and WordLevel map piece to id; Unigram lists [piece, score] in the order of ids. */
  private void addModel(JsonElement vocab) {
    if (vocab.isJsonObject()) {
      vocab.getAsJsonObject().entrySet().forEach(e -> pieces.put(e.getValue().getAsLong(), e.getKey()));
      return;
    }
    for (var row : vocab.getAsJsonArray()) {
      pieces.put((long) pieces.size(), row.getAsJsonArray().get(0).getAsString());
    }
  }

  private void addAdded(JsonElement tokens) {
    for (var token : tokens == null || tokens.isJsonNull() ? new JsonArray() : tokens.getAsJsonArray()) {
      var fields = token.getAsJsonObject();
      pieces.put(fields.get("id").getAsLong(), fields.get("content").getAsString());
    }
  }

  /** The token that the configuration names (a string, or an object with its content), else a customary one. */
  private OptionalLong find(JsonElement named) {
    if (named == null || named.isJsonNull()) {
      return ENDS.stream().map(this::id).filter(OptionalLong::isPresent).findFirst().orElse(OptionalLong.empty());
    }
    return id(named.isJsonObject() ? named.getAsJsonObject().get("content").getAsString() : named.getAsString());
  }

  private OptionalLong id(String piece) {
    return pieces.entrySet().stream().filter(e -> e.getValue().equals(piece)).mapToLong(Map.Entry::getKey).findFirst();
  }

  private static JsonObject parse(byte[] json) {
    return JsonParser.parseString(new String(json, StandardCharsets.UTF_8)).getAsJsonObject();
  }
}
