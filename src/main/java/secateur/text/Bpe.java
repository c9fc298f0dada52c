package secateur.text;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import secateur.text.BpeTrainer.Pair;

/**
 * A byte-level byte pair encoding as {@link BpeTrainer} learns it. Id 0 is the end-of-text token, 1 to 256 are the
 * bytes, then come the merges in the order they were learned.
 */
public final class Bpe {
  static final String END = "<|endoftext|>";
  static final int FIRST_MERGE = 257;

  private final List<Pair> merges;
  private final Map<Pair, Integer> ids = new HashMap<>();   // of a merge

  Bpe(List<Pair> merges) {
    this.merges = List.copyOf(merges);
    for (var pair : merges) {
      ids.put(pair, FIRST_MERGE + ids.size());
    }
  }

  /** Number of tokens. */
  public int size() {
    return FIRST_MERGE + merges.size();
  }

  List<Pair> merges() {
    return merges;
  }

  /** Ids of a text; the end-of-text token is neither added nor recognized. */
  public long[] encode(String text) {
    var known = new HashMap<String, int[]>();
    var encoded = LongStream.builder();
    for (var word = ByteLevel.words(text); word.find(); ) {
      for (int id : known.computeIfAbsent(word.group(), this::word)) {
        encoded.add(id);
      }
    }
    return encoded.build().toArray();
  }

  /** The earliest learned merge first, until none applies. */
  private int[] word(String word) {
    var current = bytes(word);
    for (var best = earliest(current); best != null; best = earliest(current)) {
      current = replace(current, best, ids.get(best));
    }
    return current;
  }

  private Pair earliest(int[] word) {
    Pair best = null;
    for (int i = 1; i < word.length; i++) {
      var pair = new Pair(word[i - 1], word[i]);
      if (ids.containsKey(pair) && (best == null || ids.get(pair) < ids.get(best))) {
        best = pair;
      }
    }
    return best;
  }

  /** Every occurrence of the pair, from the left, by the id: {@code replace([1,1,1,2], (1,1), 9)} is {@code [9,1,2]}. */
  static int[] replace(int[] word, Pair pair, int id) {
    var out = new int[word.length];
    int n = 0;
    for (int i = 0; i < word.length; i++) {
      boolean here = i + 1 < word.length && word[i] == pair.left() && word[i + 1] == pair.right();
      out[n++] = here ? id : word[i];
      i += here ? 1 : 0;
    }
    return Arrays.copyOf(out, n);
  }

  /** Ids of a word's bytes. */
  static int[] bytes(String word) {
    return Arrays.stream(ByteLevel.bytes(word)).map(b -> b + 1).toArray();
  }

  /** Writes {@code tokenizer.json} and {@code tokenizer_config.json} as the Hugging Face libraries read them. */
  public void save(Path directory) {
    var gson = new GsonBuilder().serializeNulls().disableHtmlEscaping().setPrettyPrinting().create();
    try {
      Files.createDirectories(directory);
      Files.writeString(directory.resolve("tokenizer.json"), gson.toJson(tokenizer()) + "\n");
      Files.writeString(directory.resolve("tokenizer_config.json"), gson.toJson(config()) + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the tokenizer to " + directory, e);
    }
  }

  private JsonObject tokenizer() {
    var end = new JsonObject();
    end.addProperty("id", 0);
    end.addProperty("content", END);
    for (var flag : List.of("single_word", "lstrip", "rstrip", "normalized")) {
      end.addProperty(flag, false);
    }
    end.addProperty("special", true);
    var added = new JsonArray();
    added.add(end);
    var json = new JsonObject();
    json.addProperty("version", "1.0");
    json.add("truncation", JsonNull.INSTANCE);
    json.add("padding", JsonNull.INSTANCE);
    json.add("added_tokens", added);
    json.add("normalizer", JsonNull.INSTANCE);
    json.add("pre_tokenizer", byteLevel());
    json.add("post_processor", JsonNull.INSTANCE);
    json.add("decoder", byteLevel());
    json.add("model", model());
    return json;
  }

  private static JsonObject byteLevel() {
    var json = new JsonObject();
    json.addProperty("type", "ByteLevel");
    json.addProperty("add_prefix_space", false);
    json.addProperty("trim_offsets", true);
    json.addProperty("use_regex", true);
    return json;
  }

  private JsonObject model() {
    var pieces = pieces();
    var vocab = new JsonObject();
    for (int id = 0; id < pieces.length; id++) {
      vocab.addProperty(pieces[id], id);
    }
    var pairs = new JsonArray();
    merges.forEach(p -> pairs.add(pieces[p.left()] + " " + pieces[p.right()]));
    var json = new JsonObject();
    json.addProperty("type", "BPE");
    for (var unused : List.of("dropout", "unk_token", "continuing_subword_prefix", "end_of_word_suffix")) {
      json.add(unused, JsonNull.INSTANCE);
    }
    json.addProperty("fuse_unk", false);
    json.addProperty("byte_fallback", false);
    json.add("vocab", vocab);
    json.add("merges", pairs);
    return json;
  }

  private String[] pieces() {
    var pieces = new String[size()];
    pieces[0] = END;
    for (int b = 0; b < 256; b++) {
      pieces[b + 1] = String.valueOf(ByteLevel.spell(b));
    }
    for (int i = 0; i < merges.size(); i++) {
      pieces[FIRST_MERGE + i] = pieces[merges.get(i).left()] + pieces[merges.get(i).right()];
    }
    return pieces;
  }

  private static JsonObject config() {
    var json = new JsonObject();
    json.addProperty("tokenizer_class", "PreTrainedTokenizerFast");
    json.addProperty("add_bos_token", false);
    json.addProperty("add_prefix_space", false);
    json.addProperty("clean_up_tokenization_spaces", false);
    json.addProperty("bos_token", END);
    json.addProperty("eos_token", END);
    return json;
  }

  @Override
  public String toString() {
    return "Bpe(" + size() + " tokens)";
  }
}
