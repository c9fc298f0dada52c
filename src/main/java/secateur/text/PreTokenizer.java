package secateur.text;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where byte-level BPE cuts a text before it merges: the rules that llama.cpp knows by a name,
 * {@code tokenizer.ggml.pre}. Some also take a word that is a token whole, without merging ({@code ignore_merges}).
 */
enum PreTokenizer {
  GPT2(false, List.of(words()), "gpt-2", "phi-2", "mpt", "olmo", "jais", "jina-es", "jina-de", "gigachat", "trillion"),
  LLAMA3(true, List.of(split(Patterns.LLAMA3)), "llama-bpe", "llama-v3", "llama3", "falcon3", "falcon-h1", "pixtral"),
  DBRX(false, List.of(split(Patterns.LLAMA3)), "dbrx", "smaug-bpe"),
  QWEN2(false, List.of(split(Patterns.QWEN2)), "qwen2", "deepseek-r1-qwen", "stablelm2", "megrez", "hunyuan"),
  SMOLLM(false, List.of(digits(true), words()), "smollm", "starcoder", "refact", "command-r", "codeshell", "exaone", "minerva-7b"),
  FALCON(false, List.of(punctuation(), words(), digits(false), split("[0-9][0-9][0-9]")), "falcon"),
  BLOOM(false, List.of(split(Patterns.BLOOM)), "bloom", "poro-chat", "gpt3-finnish"),
  DEFAULT(false, List.of(split("[\\p{P}\\$\\+<=>\\^~\\|]+"), split(Patterns.GPT2), split("\\p{N}+"), split("[0-9][0-9][0-9]")), "default");

  /** Regular expressions as the models' own files spell them. */
  private static final class Patterns {
    static final String GPT2 = "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+";
    static final String LLAMA3 = contractionsAnd("\\p{N}{1,3}");
    static final String QWEN2 = contractionsAnd("\\p{N}");
    static final String BLOOM = " ?[^(\\s|[.,!?…。，、।۔،])]+";

    private static String contractionsAnd(String numbers) {
      return "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|" + numbers
          + "| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";
    }
  }

  private final boolean wholeWords;
  private final List<JsonObject> cuts;
  private final List<String> names;

  PreTokenizer(boolean wholeWords, List<JsonObject> cuts, String... names) {
    this.wholeWords = wholeWords;
    this.cuts = cuts;
    this.names = List.of(names);
  }

  /**
   * The rule of a {@code tokenizer.json}.
   *
   * @throws IllegalArgumentException if it is none of these, with what is there
   */
  static PreTokenizer of(JsonElement json, boolean wholeWords) {
    List<JsonObject> found = cuts(json);
    return Arrays.stream(values()).filter(each -> each.wholeWords == wholeWords && each.cuts.equals(found)).findFirst()
        .orElseThrow(() -> new IllegalArgumentException("the pre-tokenizer " + json + (wholeWords ? " with ignore_merges" : "")
            + " has no name in GGUF; those that have one are " + known()));
  }

  /**
   * The rule that GGUF calls {@code name}.
   *
   * @throws IllegalArgumentException if it is not known here
   */
  static PreTokenizer named(String name) {
    return Arrays.stream(values()).filter(each -> each.names.contains(name)).findFirst().orElseThrow(
        () -> new IllegalArgumentException("the pre-tokenizer '" + name + "' is not known here; known are " + known()));
  }

  private static String known() {
    return Arrays.stream(values()).flatMap(each -> each.names.stream()).collect(Collectors.joining(", "));
  }

  /** Its name in GGUF. */
  String title() {
    return names.get(0);
  }

  boolean wholeWords() {
    return wholeWords;
  }

  /** The {@code pre_tokenizer} of a {@code tokenizer.json}. */
  JsonObject json() {
    List<JsonObject> steps = new ArrayList<>(cuts);
    if (!cuts.contains(words())) {
      steps.add(byteLevel(false));
    }
    if (steps.size() == 1) {
      return steps.get(0).deepCopy();
    }
    JsonArray array = new JsonArray();
    steps.forEach(step -> array.add(step.deepCopy()));
    JsonObject sequence = typed("Sequence");
    sequence.add("pretokenizers", array);
    return sequence;
  }

  /** Its steps without those that cut nothing, each spelled in one way. */
  private static List<JsonObject> cuts(JsonElement json) {
    return steps(json, "pretokenizers").map(PreTokenizer::cut).filter(each -> !each.equals(byteLevel(false))).toList();
  }

  /** A sequence's members, or the one thing itself, of a pre-tokenizer, normalizer or the like. */
  static Stream<JsonObject> steps(JsonElement json, String members) {
    if (json == null || json.isJsonNull()) {
      return Stream.empty();
    }
    JsonObject object = json.getAsJsonObject();
    return !object.get("type").getAsString().equals("Sequence") ? Stream.of(object)
        : object.getAsJsonArray(members).asList().stream().flatMap(each -> steps(each, members));
  }

  private static JsonObject cut(JsonObject step) {
    return switch (step.get("type").getAsString()) {
      case "ByteLevel" -> flag(step, "add_prefix_space", true) ? step : byteLevel(flag(step, "use_regex", true));
      case "Split" -> isolating(step) ? split(step.getAsJsonObject("pattern").get("Regex").getAsString()) : step;
      case "Digits" -> digits(flag(step, "individual_digits", false));
      default -> step;
    };
  }

  /** Whether what matches stands alone, and what lies between as well. */
  private static boolean isolating(JsonObject step) {
    boolean inverted = flag(step, "invert", false);
    String behavior = step.get("behavior").getAsString();
    return step.getAsJsonObject("pattern").has("Regex") && (behavior.equals("Isolated") && !inverted || behavior.equals("Removed") && inverted);
  }

  static boolean flag(JsonObject object, String name, boolean otherwise) {
    JsonElement value = object.get(name);
    return value == null || value.isJsonNull() ? otherwise : value.getAsBoolean();
  }

  private static JsonObject words() {
    return byteLevel(true);
  }

  /** Bytes spelled as characters; with {@code regex} GPT-2's words before that. */
  static JsonObject byteLevel(boolean regex) {
    JsonObject json = typed("ByteLevel");
    json.addProperty("add_prefix_space", false);
    json.addProperty("trim_offsets", true);
    json.addProperty("use_regex", regex);
    return json;
  }

  private static JsonObject split(String regex) {
    JsonObject pattern = new JsonObject();
    pattern.addProperty("Regex", regex);
    JsonObject json = typed("Split");
    json.add("pattern", pattern);
    json.addProperty("behavior", "Isolated");
    json.addProperty("invert", false);
    return json;
  }

  private static JsonObject digits(boolean individual) {
    JsonObject json = typed("Digits");
    json.addProperty("individual_digits", individual);
    return json;
  }

  private static JsonObject punctuation() {
    JsonObject json = typed("Punctuation");
    json.addProperty("behavior", "Contiguous");
    return json;
  }

  static JsonObject typed(String type) {
    JsonObject json = new JsonObject();
    json.addProperty("type", type);
    return json;
  }
}
