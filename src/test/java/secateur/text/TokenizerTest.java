package secateur.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenizerTest {
  private static final String FOLDER = "secateur/models/java-8m";
  private final Tokenizer java = Tokenizer.bundled(FOLDER);

  @Test
  void bundledTokenizerHas4096TokensAndEndsWithIdZero() {
    assertThat(java.size()).isEqualTo(4096);
    assertThat(java.end()).hasValue(0);
    assertThat(java.token(0)).isEqualTo("<|endoftext|>");
    assertThat(IntStream.range(0, 4096).mapToObj(java::token).distinct()).hasSize(4096);
    assertThat(java.hash()).matches("[0-9a-f]{12}");
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 2, 3, 4})
  void anyTextComesBack(long seed) {
    var text = new Random(seed).ints(5000, 0, 0x110000).filter(c -> c < 0xD800 || c > 0xDFFF)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString();
    assertThat(java.decode(java.encode(text))).isEqualTo(text);
  }

  @Test
  void javaComesBackInFewTokens() {
    var text = Corpus.load("java:test").text();
    var ids = java.encode(text);
    assertThat(java.decode(ids).equals(text)).isTrue();
    assertThat(text.length() / (double) ids.length).isBetween(3.5, 4.5);
  }

  @Test
  void nothingIsAddedAndTheEndIsSkippedInDecoding() {
    assertThat(java.encode("")).isEmpty();
    assertThat(java.encode("a<|endoftext|>b")).hasSize(3).contains(0);
    assertThat(java.decode(java.encode("a<|endoftext|>b"))).isEqualTo("ab");
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, 4096, 1L << 40})
  void foreignIdIsNamed(long id) {
    assertThatThrownBy(() -> java.decode(new long[] {id})).hasMessageContaining(id + "").hasMessageContaining("4095");
    assertThatThrownBy(() -> java.token(id)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining(id + "");
  }

  @Test
  void absentFileIsNamed(@TempDir Path folder) {
    assertThat(Tokenizer.find(folder)).isEmpty();
    assertThatThrownBy(() -> Tokenizer.load(folder)).hasMessageContaining("no tokenizer.json in " + folder);
    assertThatThrownBy(() -> Tokenizer.bundled("no/such")).hasMessageContaining("no/such");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[]", "{}", "{\"model\": {}}", "{\"model\": 3}",
    "{\"model\": {\"type\": \"Other\", \"vocab\": {\"a\": 0}}}"})
  void corruptFileIsNamed(String json, @TempDir Path folder) throws Exception {
    var file = Files.writeString(folder.resolve("tokenizer.json"), json);
    assertThatThrownBy(() -> Tokenizer.load(folder)).isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(file.toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"eos_token\": \"a\"}", "{\"eos_token\": {\"content\": \"a\"}}"})
  void endIsWhatTheConfigurationNames(String config, @TempDir Path folder) throws Exception {
    copy(folder);
    Files.writeString(folder.resolve("tokenizer_config.json"), config);
    assertThat(Tokenizer.load(folder).end()).hasValue('a' + 1);
  }

  @Test
  void endWithoutConfigurationIsACustomaryOne(@TempDir Path folder) throws Exception {
    copy(folder);
    assertThat(Tokenizer.load(folder).end()).hasValue(0);
    assertThat(Tokenizer.load(folder).hash()).isEqualTo(java.hash());
  }

  /** Unigram lists its pieces in the order of ids, and a post-processor may add a token in front. */
  @Test
  void unigramWithBeginOfTextToken(@TempDir Path folder) throws Exception {
    Files.writeString(folder.resolve("tokenizer.json"), """
        {"added_tokens": [{"id": 1, "content": "<s>", "single_word": false, "lstrip": false, "rstrip": false,
          "normalized": false, "special": true}],
         "post_processor": {"type": "TemplateProcessing", "single": [{"SpecialToken": {"id": "<s>", "type_id": 0}},
          {"Sequence": {"id": "A", "type_id": 0}}], "pair": [{"Sequence": {"id": "A", "type_id": 0}}],
          "special_tokens": {"<s>": {"id": "<s>", "ids": [1], "tokens": ["<s>"]}}},
         "model": {"type": "Unigram", "unk_id": 0, "vocab": [["<unk>", 0], ["<s>", 0], ["a", -1], ["ab", -1]]}}
        """);
    var tokenizer = Tokenizer.load(folder);
    assertThat(tokenizer.encode("aba")).containsExactly(1, 3, 2);
    assertThat(tokenizer.encode("ab".repeat(2000))).hasSize(2001);
    assertThat(tokenizer.token(3)).isEqualTo("ab");
    assertThat(tokenizer.size()).isEqualTo(4);
    assertThat(tokenizer.end()).isEmpty();
  }

  private static void copy(Path folder) throws Exception {
    try (var in = TokenizerTest.class.getClassLoader().getResourceAsStream(FOLDER + "/tokenizer.json")) {
      Files.copy(in, folder.resolve("tokenizer.json"));
    }
  }
}
