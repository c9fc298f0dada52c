package secateur.text;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonNull;
import com.google.gson.JsonParser;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import secateur.engines.Client;
import secateur.engines.Engine;
import secateur.engines.TinyLlama;
import secateur.gguf.GgufFile;
import secateur.gguf.Metadata;

/** A text has the same token ids here, in a file's tokenizer read back, and in two builds of llama.cpp. */
@EnabledOnOs(value = OS.LINUX, architectures = "amd64")
class GgufTokenIdsTest {
  private static final int STRINGS = 10_000;
  private static final int OF_EACH_RULE = 400;
  private static final List<Client> CLIENTS = List.of(Client.NODE_LLAMA_CPP, Client.JAVA_LLAMA_CPP);

  @TempDir
  Path directory;

  private record Case(String name, Tokenizer tokenizer) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Case> whole() {
    return Stream.of(new Case("java-8m", Tokenizer.bundled("secateur/models/java-8m")),
        new Case("SentencePiece", TestVocabularies.sentencePiece(false)));
  }

  @ParameterizedTest
  @MethodSource("whole")
  void idsAreEqual(Case each) {
    check(each.tokenizer(), TestStrings.of(STRINGS, 7));
  }

  @ParameterizedTest
  @EnumSource(PreTokenizer.class)
  void wordsAreCutAlike(PreTokenizer pre) {
    List<String> strings = TestStrings.of(OF_EACH_RULE, 8).stream().filter(text -> !KnownDifferences.has(pre, text)).toList();
    assertThat(strings).hasSizeGreaterThan(OF_EACH_RULE * 9 / 10);
    check(TestVocabularies.cutting(pre), pre == PreTokenizer.QWEN2 ? composed(strings) : strings);
  }

  /** No list longer than it must be. */
  @Test
  void whatIsKnownToDifferDiffers() {
    Tokenizer tokenizer = TestVocabularies.cutting(PreTokenizer.GPT2);
    List<String> strings = Arrays.stream(KnownDifferences.UNICODE_16).mapToObj(c -> "é%1$s²%1$s€%1$s".formatted(Character.toString(c))).toList();
    Path file = file(tokenizer);
    for (Client client : CLIENTS) {
      try (Engine engine = client.open(file, 16)) {
        assertThat(differing(strings, ids(tokenizer, strings), engine.tokenize(strings, true))).as("%s", client).hasSameSizeAs(strings);
      }
    }
  }

  /** GGUF does not say that qwen2 composes characters first; its files mean it, so what is read back does. */
  private static List<String> composed(List<String> strings) {
    return strings.stream().map(text -> Normalizer.normalize(text, Normalizer.Form.NFC)).toList();
  }

  private Path file(Tokenizer tokenizer) {
    int rows = tokenizer.size() + 7;
    Metadata.Builder metadata = TinyLlama.metadata(1);
    GgufVocabulary.write(tokenizer, rows, metadata);
    Path file = directory.resolve("vocabulary.gguf");
    TinyLlama.write(file, metadata.build(), rows, 1);
    return file;
  }

  private void check(Tokenizer tokenizer, List<String> strings) {
    Path file = file(tokenizer);
    Tokenizer back = GgufVocabulary.read(GgufFile.open(file).metadata());
    assertThat(back.size()).isEqualTo(tokenizer.size());
    assertThat(back.alike(tokenizer)).isTrue();
    assertThat(differing(strings, ids(tokenizer, strings), ids(back, strings))).isEmpty();
    for (Client client : CLIENTS) {
      try (Engine engine = client.open(file, 16)) {
        assertThat(differing(strings, inner(tokenizer, strings), engine.tokenize(strings, true))).as("%s, special", client).isEmpty();
        assertThat(differing(strings, ids(plain(tokenizer), strings), engine.tokenize(strings, false))).as("%s", client).isEmpty();
      }
    }
  }

  private static int[][] ids(Tokenizer tokenizer, List<String> strings) {
    return strings.stream().map(text -> Arrays.stream(tokenizer.encode(text)).mapToInt(Math::toIntExact).toArray()).toArray(int[][]::new);
  }

  /** Without the token that is put before each text. */
  private static int[][] inner(Tokenizer tokenizer, List<String> strings) {
    int added = tokenizer.encode("").length;
    return Arrays.stream(ids(tokenizer, strings)).map(ids -> Arrays.copyOfRange(ids, added, ids.length)).toArray(int[][]::new);
  }

  /** The same tokenizer, to which no token is special, and which adds none. */
  private static Tokenizer plain(Tokenizer tokenizer) {
    var json = JsonParser.parseString(new String(((FastTokenizer) tokenizer).files().tokenizer(), StandardCharsets.UTF_8)).getAsJsonObject();
    json.add("added_tokens", new JsonArray());
    json.add("post_processor", JsonNull.INSTANCE);
    return TestVocabularies.tokenizer(json, "{}");
  }

  private static List<String> differing(List<String> strings, int[][] ids, int[][] others) {
    List<String> differing = new ArrayList<>();
    for (int i = 0; i < ids.length; i++) {
      if (!Arrays.equals(ids[i], others[i])) {
        differing.add(spelled(strings.get(i)) + ": " + Arrays.toString(ids[i]) + " here, " + Arrays.toString(others[i]) + " there");
      }
    }
    return differing;
  }

  private static String spelled(String text) {
    StringBuilder spelled = new StringBuilder();
    text.codePoints().forEach(c -> spelled.append(c > 32 && c < 127 ? Character.toString(c) : String.format("{%X}", c)));
    return spelled.toString();
  }
}
