package secateur.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class WindowsTest {
  /** One token per character: its position in the text. */
  private record Positions(AtomicInteger calls, boolean bos) implements Tokenizer {
    Positions() {
      this(new AtomicInteger(), false);
    }

    @Override
    public long[] encode(String text) {
      calls.addAndGet(text.isEmpty() ? 0 : 1);
      return LongStream.range(bos ? -1 : 0, text.length()).toArray();
    }

    @Override
    public String decode(long[] ids) {
      return Arrays.toString(ids);
    }

    @Override
    public int size() {
      return 1000;
    }

    @Override
    public String hash() {
      return bos ? "bbbbbbbbbbbb" : "aaaaaaaaaaaa";
    }

    @Override
    public OptionalLong end() {
      return OptionalLong.empty();
    }

    @Override
    public String token(long id) {
      return String.valueOf(id);
    }
  }

  private final Corpus corpus = Corpus.of("digits", "0123456789".repeat(10) + "tail");

  @Test
  void spreadWindowsAreEvenlySpreadAndAligned() {
    var ids = corpus.windows(4, 10).ids(new Positions());
    assertThat(ids).hasDimensions(4, 10);
    assertThat(Arrays.stream(ids).mapToLong(r -> r[0])).containsExactly(0L, 20L, 50L, 70L);
    assertThat(ids[1]).containsExactly(20, 21, 22, 23, 24, 25, 26, 27, 28, 29);
  }

  @Test
  void allWindowsDropTheTail() {
    var windows = corpus.windows(10);
    assertThatThrownBy(windows::count).hasMessageContaining("digits");
    assertThat(windows.ids(new Positions())).hasDimensions(10, 10);
    assertThat(windows.count()).isEqualTo(10);
    assertThat(windows.protocol()).contains("all 10 windows of 10, no overlap");
  }

  @Test
  void specialTokenStandsOnlyAtTheStart() {
    var windows = corpus.windows(10);
    var ids = windows.ids(new Positions(new AtomicInteger(), true));
    assertThat(ids[0][0]).isEqualTo(-1);
    assertThat(ids[1][0]).isEqualTo(9);
    assertThat(windows.protocol()).contains("special tokens only at the text's ends");
  }

  @Test
  void tooFewWindowsNameBothNumbers() {
    assertThatThrownBy(() -> corpus.windows(11, 10).ids(new Positions()))
        .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("11").hasMessageContaining("10");
    assertThatThrownBy(() -> corpus.sample(1, 104, 0).ids(new Positions())).hasMessageContaining("0");
    assertThatThrownBy(() -> corpus.windows(0, 10)).hasMessageContaining("0 windows");
    assertThatThrownBy(() -> corpus.windows(1)).hasMessageContaining("windows of 1 ");
  }

  @Test
  void sampleIsRandomSlicesFixedByTheSeed() {
    var ids = corpus.sample(50, 7, 3).ids(new Positions());
    assertThat(ids).hasDimensions(50, 7).isDeepEqualTo(corpus.sample(50, 7, 3).ids(new Positions()));
    assertThat(corpus.sample(50, 7, 4).ids(new Positions())[0]).isNotEqualTo(ids[0]);
    assertThat(Arrays.stream(ids).mapToLong(r -> r[0]).filter(s -> s % 7 != 0)).isNotEmpty();
    assertThat(Arrays.asList(ids)).allSatisfy(row -> IntStream.range(1, 7).forEach(i -> assertThat(row[i]).isEqualTo(row[0] + i)));
  }

  @Test
  void textIsTokenizedOncePerTokenizer() {
    var tokenizer = new Positions();
    corpus.windows(4, 10).ids(tokenizer);
    corpus.windows(5, 10).ids(tokenizer);
    assertThat(tokenizer.calls()).hasValue(1);
  }

  @Test
  void protocolSaysWhatIsKnown() {
    var windows = corpus.windows(4, 10);
    assertThat(windows.protocol()).contains("digits (sha256 " + corpus.sha256().substring(0, 8) + "…", "as given",
        "4 windows of 10, evenly spread, no overlap").doesNotContain("tokenizer");
    windows.ids(new Positions());
    assertThat(windows.protocol()).contains("4 of 10 windows of 10").contains("tokenizer aaaaaaaaaaaa");
    assertThat(windows).hasToString("Windows(" + windows.protocol() + ")");
  }

  @Test
  void textNeedsATokenizer() {
    assertThatThrownBy(() -> corpus.windows(4, 10).ids(null))
        .hasMessage("this model has no tokenizer; use Windows.of(long[][])");
  }

  @Test
  void fixedIdsAreCopiedBothWays() {
    long[][] mine = {{1, 2, 3}, {4, 5, 6}};
    var windows = Windows.of(mine);
    mine[0][0] = 9;
    windows.ids(null)[0][1] = 9;
    assertThat(windows.ids(null)).isDeepEqualTo(new long[][] {{1, 2, 3}, {4, 5, 6}});
    assertThat(windows.count()).isEqualTo(2);
    assertThat(windows.length()).isEqualTo(3);
    assertThat(windows.name()).isEqualTo("ids");
  }

  @Test
  void raggedIdsAreRefused() {
    assertThatThrownBy(() -> Windows.of(new long[][] {{1, 2}, {3}})).hasMessageContaining("row of 1").hasMessageContaining("2");
    assertThatThrownBy(() -> Windows.of(new long[0][])).hasMessageContaining("at least 1 row");
  }
}
