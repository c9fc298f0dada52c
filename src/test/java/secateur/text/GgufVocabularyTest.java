package secateur.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import secateur.gguf.Metadata;

/** The keys of a tokenizer in GGUF, and what has no form there. */
class GgufVocabularyTest {
  private static final String KEY = "tokenizer.ggml.";

  private static Metadata written(Tokenizer tokenizer, int rows) {
    Metadata.Builder into = Metadata.builder();
    assertThat(GgufVocabulary.write(tokenizer, rows, into)).isEmpty();
    return into.build();
  }

  @Test
  void byteLevelKeys() {
    Metadata keys = written(Tokenizer.bundled("secateur/models/java-8m"), 4100);
    assertThat(keys.text(KEY + "model")).isEqualTo("gpt2");
    assertThat(keys.text(KEY + "pre")).isEqualTo("gpt-2");
    assertThat(keys.texts(KEY + "tokens")).hasSize(4100).startsWith("<|endoftext|>", "Ā").endsWith("[PAD4098]", "[PAD4099]");
    assertThat(keys.texts(KEY + "merges")).hasSize(4096 - 257).allMatch(merge -> merge.split(" ").length == 2);
    assertThat(keys.ints(KEY + "token_type")).hasSize(4100).startsWith(3, 1).endsWith(1, 5, 5, 5, 5);
    assertThat(keys.whole(KEY + "bos_token_id")).isZero();
    assertThat(keys.whole(KEY + "eos_token_id")).isZero();
    assertThat(keys.has(KEY + "unknown_token_id")).isFalse();
    assertThat(keys.flag(KEY + "add_bos_token")).isFalse();
    assertThat(keys.flag(KEY + "add_eos_token")).isFalse();
  }

  @Test
  void sentencePieceKeys() {
    Metadata keys = written(TestVocabularies.sentencePiece(false), 5000);
    assertThat(keys.text(KEY + "model")).isEqualTo("llama");
    assertThat(keys.ints(KEY + "token_type")).startsWith(2, 3, 3, 6).contains(1).endsWith(5);
    assertThat(keys.texts(KEY + "tokens")).startsWith("<unk>", "<s>", "</s>", "<0x00>");
    assertThat(keys.floats(KEY + "scores")).hasSize(5000).contains(0, -1, -2);
    assertThat(keys.whole(KEY + "bos_token_id")).isEqualTo(1);
    assertThat(keys.whole(KEY + "eos_token_id")).isEqualTo(2);
    assertThat(keys.whole(KEY + "unknown_token_id")).isZero();
    assertThat(keys.flag(KEY + "add_bos_token")).isTrue();
    assertThat(keys.flag(KEY + "add_space_prefix")).isTrue();
  }

  @Test
  void whatComesBackSpeaksTheSameText() {
    for (Tokenizer tokenizer : List.of(Tokenizer.bundled("secateur/models/java-8m"), TestVocabularies.sentencePiece(false))) {
      Tokenizer back = GgufVocabulary.read(written(tokenizer, tokenizer.size() + 3));
      for (String text : TestStrings.of(500, 3)) {
        assertThat(back.encode(text)).isEqualTo(tokenizer.encode(text));
        assertThat(back.decode(back.encode(text))).isEqualTo(tokenizer.decode(tokenizer.encode(text)));
      }
      assertThat(back.end()).isEqualTo(tokenizer.end());
      assertThat(back.alike(tokenizer)).isTrue();
      assertThat(written(back, tokenizer.size() + 3).keys()).isEqualTo(written(tokenizer, tokenizer.size() + 3).keys());
    }
  }

  @Test
  void mergesAreAllSplitsByScore() {
    List<String> tokens = List.of("a", "b", "c", "ab", "bc", "abc");
    TokenType[] types = tokens.stream().map(each -> TokenType.NORMAL).toArray(TokenType[]::new);
    assertThat(SentencePiece.merges(tokens, new float[] {-9, -9, -9, -1, 0, -2}, types)).containsExactly(
        new SentencePiece.Merge("b", "c", 4), new SentencePiece.Merge("a", "b", 3),
        new SentencePiece.Merge("a", "bc", 5), new SentencePiece.Merge("ab", "c", 5));
  }

  @Test
  void aChatTemplateIsData() {
    String template = "{{ bos_token }}{% for m in messages %}{{ m }}{% endfor %}";
    JsonObject config = new JsonObject();
    config.addProperty("chat_template", template);
    Metadata keys = written(TestVocabularies.tokenizer(TestVocabularies.java8m(), config.toString()), 4096);
    assertThat(keys.text("tokenizer.chat_template")).isEqualTo(template);
    var files = ((FastTokenizer) GgufVocabulary.read(keys)).files();
    assertThat(JsonParser.parseString(new String(files.config(), StandardCharsets.UTF_8)).getAsJsonObject().get("chat_template").getAsString())
        .isEqualTo(template);
  }

  @Test
  void aChatTemplateMayHaveAFileOfItsOwn(@TempDir Path directory) throws IOException {
    Tokenizer.bundled("secateur/models/java-8m").save(directory);
    Files.writeString(directory.resolve("chat_template.jinja"), "{{ messages }}\n");
    Metadata keys = written(Tokenizer.load(directory), 4096);
    assertThat(keys.text("tokenizer.chat_template")).isEqualTo("{{ messages }}\n");
    assertThat(keys.whole(KEY + "eos_token_id")).isZero();
    Files.writeString(directory.resolve("tokenizer_config.json"), "[]");
    assertThatThrownBy(() -> Tokenizer.load(directory)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("tokenizer_config.json");
  }

  @Test
  void spacesThatATokenTakesAreSaid() {
    JsonObject json = TestVocabularies.java8m();
    json.getAsJsonArray("added_tokens").get(0).getAsJsonObject().addProperty("lstrip", true);
    assertThat(GgufVocabulary.write(TestVocabularies.tokenizer(json, "{}"), 4096, Metadata.builder())).singleElement().asString()
        .isEqualTo("the token \"<|endoftext|>\" is found with lstrip here, and without in programs that open GGUF");
  }

  @Test
  void whatTheFileCannotSayIsSaid() {
    JsonObject json = TestVocabularies.java8m();
    json.add("normalizer", PreTokenizer.typed("NFC"));
    assertThat(GgufVocabulary.write(TestVocabularies.tokenizer(json, "{}"), 4096, Metadata.builder())).singleElement().asString().contains("form C");
    assertThat(GgufVocabulary.write(TestVocabularies.sentencePiece(true), 5000, Metadata.builder())).singleElement().asString().contains("space");
  }

  @Test
  void whatHasNoFormIsRefused() {
    JsonObject json = TestVocabularies.java8m();
    json.add("pre_tokenizer", JsonParser.parseString("{\"type\":\"Split\",\"pattern\":{\"Regex\":\"[a-z]+\"},\"behavior\":\"Isolated\",\"invert\":false}"));
    refused(json, 4096, "[a-z]+", "llama-bpe");
    json = TestVocabularies.java8m();
    json.add("normalizer", PreTokenizer.typed("Lowercase"));
    refused(json, 4096, "Lowercase");
    json = TestVocabularies.java8m();
    json.getAsJsonObject("pre_tokenizer").addProperty("add_prefix_space", true);
    refused(json, 4096, "add_prefix_space");
    refused(TestVocabularies.java8m(), 4095, "4096 ids", "4095 rows");
  }

  private static void refused(JsonObject json, int rows, String... words) {
    Tokenizer tokenizer = TestVocabularies.tokenizer(json, "{}");
    assertThatThrownBy(() -> GgufVocabulary.write(tokenizer, rows, Metadata.builder())).isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll(words);
  }

  @Test
  void contradictionsAreRefused() {
    assertThatThrownBy(() -> GgufVocabulary.read(Metadata.builder().text(KEY + "model", "t5").texts(KEY + "tokens", List.of("a")).build()))
        .isInstanceOf(IllegalArgumentException.class).hasMessageContainingAll("t5", "gpt2", "llama");
    assertThatThrownBy(() -> GgufVocabulary.read(sentencePiece().f32s(KEY + "scores", 0).build()))
        .isInstanceOf(IllegalArgumentException.class).hasMessageContainingAll("2 tokens", "1 values", "scores");
    assertThatThrownBy(() -> GgufVocabulary.read(sentencePiece().f32s(KEY + "scores", 0, 0).i32s(KEY + "token_type", 1).build()))
        .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("token_type");
    assertThatThrownBy(() -> GgufVocabulary.read(sentencePiece().f32s(KEY + "scores", 0, 0).u32(KEY + "bos_token_id", 2).build()))
        .isInstanceOf(IllegalArgumentException.class).hasMessageContainingAll("bos_token_id is 2", "0 to 1");
    assertThatThrownBy(() -> GgufVocabulary.read(Metadata.builder().text(KEY + "model", "gpt2").text(KEY + "pre", "klingon")
        .texts(KEY + "tokens", List.of("a")).texts(KEY + "merges", List.of()).build()))
        .isInstanceOf(IllegalArgumentException.class).hasMessageContainingAll("klingon", "qwen2");
  }

  private static Metadata.Builder sentencePiece() {
    return Metadata.builder().text(KEY + "model", "llama").texts(KEY + "tokens", List.of("a", "b")).flag(KEY + "add_bos_token", false);
  }
}
