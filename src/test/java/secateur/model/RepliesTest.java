package secateur.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import secateur.Living;

class RepliesTest {

  private static final List<String> PROMPTS = List.of("public static int max(int a, int b) {", "return", "import java.util.", "/** The", "return",
      "public final class Row implements Comparable<Row> {\n  private final");

  private static Llm model;

  @BeforeAll
  static void load() {
    model = Llm.load("java-8m");
  }

  @AfterAll
  static void close() {
    model.close();
  }

  @Test
  void areThoseThatEachPromptGetsAlone() {
    List<String> alone = new ArrayList<>();
    PROMPTS.forEach(prompt -> alone.add(model.generate(prompt, 12, Sampler.GREEDY).substring(prompt.length())));
    assertThat(Replies.of(model, PROMPTS, 12, Sampler.GREEDY)).isEqualTo(alone).doesNotContain("");
  }

  @Test
  void stopWhereTheTextEnds() {
    int end = (int) model.tokenizer().end().orElseThrow();
    int[] asked = new int[1];
    Sampler ending = logits -> ++asked[0] > 3 ? end : 300;
    assertThat(Replies.of(model, List.of("return"), 12, ending)).containsExactly(model.tokenizer().decode(new long[] {300, 300, 300}));
    assertThat(asked[0]).isEqualTo(4);
    assertThat(Replies.of(model, List.of("return"), 0, ending)).containsExactly("");
  }

  @Test
  void stopWhereTheContextEnds() {
    String longest = "int ".repeat(500);
    int room = 512 - model.tokenizer().encode(longest).length;
    int[] asked = new int[1];
    Replies.of(model, List.of(longest), 100, logits -> 300 + asked[0]++);
    assertThat(asked[0]).isEqualTo(room).isLessThan(100);
    assertThatThrownBy(() -> Replies.of(model, List.of("int ".repeat(600)), 4, Sampler.GREEDY)).hasMessageContainingAll("java-8m", "1 to 511");
    assertThatThrownBy(() -> Replies.of(model, List.of(""), 4, Sampler.GREEDY)).hasMessageContaining("0 tokens");
  }

  @Test
  void leaveNothingBehind() {
    Replies.of(model, PROMPTS, 4, Sampler.GREEDY);
    Living before = Living.settled();
    Replies.of(model, PROMPTS, 4, Sampler.GREEDY);
    assertThat(Living.settled()).isEqualTo(before);
  }
}
