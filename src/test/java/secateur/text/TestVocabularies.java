package secateur.text;

import com.google.gson.JsonArray;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/** Tokenizers of the kinds that models have, around what java-8m's own tokenizer has learned. */
final class TestVocabularies {
  private static final String FOLDER = "secateur/models/java-8m";

  private TestVocabularies() {}

  static JsonObject java8m() {
    return JsonParser.parseString(new String(TokenizerFiles.onClassPath(FOLDER).tokenizer(), StandardCharsets.UTF_8)).getAsJsonObject();
  }

  static Tokenizer tokenizer(JsonObject json, String config) {
    return new FastTokenizer(new TokenizerFiles("a test", json.toString().getBytes(StandardCharsets.UTF_8), config.getBytes(StandardCharsets.UTF_8)));
  }

  /**
   * Byte-level BPE that merges whatever bytes stand at the ends of two neighbouring characters, so that a cut between
   * them, or none, always shows: letters, marks, numbers and signs are told apart as the rule does it, or ids differ.
   */
  static Tokenizer cutting(PreTokenizer pre) {
    List<String> merges = new ArrayList<>();
    for (int left = 0; left < 256; left++) {
      for (int right = 0; right < 256; right++) {
        boolean ends = left < 0x80 || left < 0xC0 && right >= 0xC0 || left < 0xC0 && right < 0x80;
        boolean merged = pre != PreTokenizer.FALCON || isNumber(left) == isNumber(right);   // it learned none across numbers
        if (merged && ends && !(right >= 0x80 && right < 0xC0) && left != '<' && (left >= 0x80 || right >= 0x80 || left == ' ' || right == ' ' || left < 32)) {
          merges.add(ByteLevel.spell(left) + " " + ByteLevel.spell(right));
        }
      }
    }
    Collections.shuffle(merges, new Random(5));
    JsonObject json = java8m();
    JsonObject vocab = new JsonObject();
    vocab.addProperty("<|endoftext|>", 0);
    for (int b = 0; b < 256; b++) {
      vocab.addProperty(String.valueOf(ByteLevel.spell(b)), b + 1);
    }
    merges.forEach(merge -> vocab.addProperty(merge.replace(" ", ""), vocab.size()));
    JsonArray pairs = new JsonArray();
    merges.forEach(pairs::add);
    json.getAsJsonObject("model").add("vocab", vocab);
    json.getAsJsonObject("model").add("merges", pairs);
    json.getAsJsonObject("model").addProperty("ignore_merges", pre.wholeWords());
    json.add("pre_tokenizer", pre.json());
    return tokenizer(json, "{}");
  }

  private static boolean isNumber(int value) {
    int type = Character.getType(ByteLevel.spell(value));
    return type == Character.DECIMAL_DIGIT_NUMBER || type == Character.OTHER_NUMBER;
  }

  /** LLaMA 2's kind: what java-8m merges, as text with U+2581 for spaces, and 256 tokens for bytes. */
  static Tokenizer sentencePiece(boolean metaspace) {
    List<String> tokens = new ArrayList<>(List.of("<unk>", "<s>", "</s>"));
    for (int b = 0; b < 256; b++) {
      tokens.add(String.format("<0x%02X>", b));
    }
    Set<String> pieces = pieces();
    Set<String> characters = new TreeSet<>();
    pieces.forEach(piece -> piece.codePoints().forEach(c -> characters.add(Character.toString(c))));
    tokens.addAll(pieces);
    tokens.addAll(characters);
    JsonObject json = new JsonObject();
    json.addProperty("version", "1.0");
    json.add("added_tokens", added("<unk>", "<s>", "</s>"));
    json.add("normalizer", metaspace ? JsonNull.INSTANCE : JsonParser.parseString("{\"type\":\"Sequence\",\"normalizers\":["
        + "{\"type\":\"Prepend\",\"prepend\":\"▁\"},{\"type\":\"Replace\",\"pattern\":{\"String\":\" \"},\"content\":\"▁\"}]}"));
    json.add("pre_tokenizer", metaspace
        ? JsonParser.parseString("{\"type\":\"Metaspace\",\"replacement\":\"▁\",\"prepend_scheme\":\"first\",\"split\":false}") : JsonNull.INSTANCE);
    json.add("post_processor", new Additions("<s>", null).json(tokens));
    json.add("decoder", JsonParser.parseString("{\"type\":\"Sequence\",\"decoders\":[{\"type\":\"Replace\",\"pattern\":{\"String\":\"▁\"},"
        + "\"content\":\" \"},{\"type\":\"ByteFallback\"},{\"type\":\"Fuse\"},{\"type\":\"Strip\",\"content\":\" \",\"start\":1,\"stop\":0}]}"));
    json.add("model", model(tokens, pieces.size()));
    return tokenizer(json, "{\"bos_token\":{\"content\":\"<s>\"},\"eos_token\":\"</s>\",\"unk_token\":\"<unk>\"}");
  }

  private static JsonObject model(List<String> tokens, int pieces) {
    JsonObject model = PreTokenizer.typed("BPE");
    model.addProperty("unk_token", "<unk>");
    model.addProperty("fuse_unk", true);
    model.addProperty("byte_fallback", true);
    JsonObject vocab = new JsonObject();
    tokens.forEach(token -> vocab.addProperty(token, vocab.size()));
    model.add("vocab", vocab);
    JsonArray merges = new JsonArray();
    for (String token : tokens.subList(259, 259 + pieces)) {   // by rank, then by the length of the left part
      for (int cut = 1; cut < token.length(); cut++) {
        if (vocab.has(token.substring(0, cut)) && vocab.has(token.substring(cut))) {
          merges.add(token.substring(0, cut) + " " + token.substring(cut));
        }
      }
    }
    model.add("merges", merges);
    return model;
  }

  private static JsonArray added(String... tokens) {
    JsonArray added = new JsonArray();
    for (String token : tokens) {
      JsonObject fields = new JsonObject();
      fields.addProperty("id", added.size());
      fields.addProperty("content", token);
      List.of("single_word", "lstrip", "rstrip", "normalized").forEach(flag -> fields.addProperty(flag, false));
      fields.addProperty("special", true);
      added.add(fields);
    }
    return added;
  }

  /** What merges make, as text, where it and all that it is made of are whole characters. */
  private static Set<String> pieces() {
    Set<String> pieces = new LinkedHashSet<>();
    for (var merge : java8m().getAsJsonObject("model").getAsJsonArray("merges")) {
      String text = text(merge.getAsString().replace(" ", ""));
      if (text != null && Arrays.stream(merge.getAsString().split(" ")).allMatch(each -> text(each) != null)) {
        pieces.add(text.replace(' ', '▁'));
      }
    }
    return pieces;
  }

  private static String text(String spelled) {
    byte[] bytes = new byte[spelled.length()];
    for (int i = 0; i < bytes.length; i++) {
      for (int b = 0; b < 256; b++) {
        if (ByteLevel.spell(b) == spelled.charAt(i)) {
          bytes[i] = (byte) b;
        }
      }
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }
}
