package secateur.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class BpeTest {
  private static final int A = 'a' + 1;   // ids of the bytes
  private static final int B = 'b' + 1;
  private static final int C = 'c' + 1;
  private static final int D = 'd' + 1;

  /** https://en.wikipedia.org/wiki/Byte_pair_encoding: Z = aa, Y = ab, X = ZY, and aaabdaaabac becomes XdXac. */
  @Test
  void wikipediaExample() {
    var bpe = BpeTrainer.train(Stream.of("aaabdaaabac"), Bpe.FIRST_MERGE + 3);
    int x = Bpe.FIRST_MERGE + 2;
    assertThat(bpe.encode("aaabdaaabac")).containsExactly(x, D, x, A, C);
    assertThat(bpe.encode("aab")).containsExactly(Bpe.FIRST_MERGE, B);
  }

  @Test
  void trainingStopsWhenNoPairOccursTwice() {
    assertThat(BpeTrainer.train(Stream.of("abab"), 4096).size()).isEqualTo(Bpe.FIRST_MERGE + 1);
  }

  @Test
  void mergesStayWithinWords() {
    var bpe = BpeTrainer.train(Stream.of("ab ab ab ab"), Bpe.FIRST_MERGE + 2);
    assertThat(bpe.encode("ab ab")).containsExactly(Bpe.FIRST_MERGE, Bpe.FIRST_MERGE + 1);
    assertThat(bpe.size()).isEqualTo(Bpe.FIRST_MERGE + 2);
  }

  @Test
  void incrementalCountsAgreeWithCountingAgain() {
    var texts = List.of(sample(), "the cat sat on the mat; the cats sat on mats. aaaa aaa aaaaa bababa");
    assertThat(merges(BpeTrainer.train(texts.stream(), Bpe.FIRST_MERGE + 60))).isEqualTo(plainMerges(texts, 60));
  }

  private static List<String> merges(Bpe bpe) {
    return bpe.merges().stream().map(p -> p.left() + " " + p.right()).toList();
  }

  /** The algorithm as the paper states it: all pairs are counted anew before each merge. */
  private static List<String> plainMerges(List<String> texts, int number) {
    var words = new ArrayList<int[]>();
    for (var text : texts) {
      ByteLevel.words(text).results().forEach(w -> words.add(Bpe.bytes(w.group())));
    }
    var merges = new ArrayList<String>();
    for (int id = Bpe.FIRST_MERGE; id < Bpe.FIRST_MERGE + number; id++) {
      var best = mostFrequent(words);
      merges.add(best.left() + " " + best.right());
      int merged = id;
      words.replaceAll(w -> Bpe.replace(w, best, merged));
    }
    return merges;
  }

  private static BpeTrainer.Pair mostFrequent(List<int[]> words) {
    var counts = new java.util.TreeMap<BpeTrainer.Pair, Integer>();
    for (var word : words) {
      for (int i = 1; i < word.length; i++) {
        counts.merge(new BpeTrainer.Pair(word[i - 1], word[i]), 1, Integer::sum);
      }
    }
    int most = counts.values().stream().mapToInt(Integer::intValue).max().orElseThrow();
    return counts.entrySet().stream().filter(e -> e.getValue() == most).findFirst().orElseThrow().getKey();
  }

  private static String sample() {
    return Corpus.load("java:test").text().substring(0, 20_000);
  }

  @ParameterizedTest
  @MethodSource("texts")
  void libraryEncodesAsWeDo(String text, @TempDir Path folder) {
    var bpe = BpeTrainer.train(Stream.of(sample()), 1000);
    bpe.save(folder);
    var library = Tokenizer.load(folder);
    assertThat(library.size()).isEqualTo(1000);
    assertThat(library.encode(text)).isEqualTo(bpe.encode(text));
    assertThat(library.decode(bpe.encode(text))).isEqualTo(text);
  }

  static Stream<String> texts() {
    return Stream.of("", "a", "   ", "x  \n\n\t y ", "I'll say: don't!  It's 42 \u00BD\u00A0\u3000 \u2003z",
        "\u4F60\u597D \uD83D\uDE00\uD83D\uDC4D\uD83C\uDFFD e\u0301\u0000\u007F\u00AD", random(7), sample().substring(10_000));
  }

  private static String random(long seed) {
    var text = new StringBuilder();
    new Random(seed).ints(3000, 0, 0x30000).filter(BpeTest::assigned)
        .forEach(c -> text.appendCodePoint(c % 3 == 0 ? c & 0x7F : c));
    return text.toString();
  }

  /** Letters and digits that Unicode 5 had: on younger ones the tables of Java and of the library may differ. */
  private static boolean assigned(int c) {
    return Character.isDefined(c) && !Character.isSurrogate((char) c) && (c < 0x2000 || c >= 0x4E00 && c < 0x9000);
  }

  @ParameterizedTest
  @ValueSource(ints = {256, 65_537})
  void sizeIsChecked(int size) {
    assertThatThrownBy(() -> BpeTrainer.train(Stream.of("a"), size)).hasMessageContaining(size + "").hasMessageContaining("257");
  }
}
