package secateur.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MagicCallTest {

  @Test
  void aLineMagicEndsWithItsLine() {
    assertThat(MagicCall.at("%prune SparseGpt(0.5)  \nint a = 1;"))
        .contains(new MagicCall("", "prune", "SparseGpt(0.5)", null, "int a = 1;"));
  }

  @Test
  void theValueMayBeKept() {
    assertThat(MagicCall.at("Map<String, int[]> m = %table"))
        .contains(new MagicCall("Map<String, int[]> m = ", "table", "", null, ""));
  }

  @Test
  void aCellMagicTakesAllThatFollows() {
    assertThat(MagicCall.at("\n// methods\n%%compare\nA(1)\n%b\n"))
        .contains(new MagicCall("", "compare", "", "A(1)\n%b\n", ""));
    assertThat(MagicCall.at("%%compare").orElseThrow().isCell()).isTrue();
  }

  @Test
  void javaIsNoMagic() {
    assertThat(MagicCall.at("int a = b % c;")).isEmpty();
    assertThat(MagicCall.at("a = 5\n%b")).isEmpty();
    assertThat(MagicCall.at("String s = \"x = %d\";")).isEmpty();
    assertThat(MagicCall.at("")).isEmpty();
  }

  @Test
  void longCommentsAreSkipped() {
    String comments = "// a line\n /* a\n block */\n".repeat(20_000);
    assertThat(MagicCall.skipped(comments + "x")).isEqualTo(comments.length());
  }
}
