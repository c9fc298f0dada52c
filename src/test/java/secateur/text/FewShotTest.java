package secateur.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FewShotTest {

  private static final Examples TEN = Examples.of("ten", IntStream.range(0, 10).mapToObj(i -> new Example("Q" + i, "A" + i)).toList());

  @Test
  void othersStandBeforeEach() {
    Examples made = new FewShot(3).of(TEN, TEN);
    for (int i = 0; i < 10; i++) {
      List<String> lines = made.list().get(i).prompt().lines().toList();
      assertThat(lines).hasSize(4).doesNotHaveDuplicates().endsWith("Q" + i);
      assertThat(lines.subList(0, 3)).allMatch(line -> line.matches("Q(\\d)A\\1")).doesNotContain("Q" + i + "A" + i);
      assertThat(made.list().get(i).response()).isEqualTo("A" + i);
    }
    assertThat(made).isEqualTo(new FewShot(3).of(TEN, TEN)).isNotEqualTo(new FewShot(3, Prompts.PLAIN, 1).of(TEN, TEN));
    assertThat(made.name()).isEqualTo("ten, 3-shot");
  }

  @Test
  void turnsAreWrittenAsThePromptsSay() {
    assertThat(new FewShot(1, Prompts.LLAMA2, 0).of(TEN.first(1), TEN.first(2)).list())
        .containsExactly(new Example("[INST] Q1 [/INST] A1 </s><s>[INST] Q0 [/INST]", " A0"));
  }

  @Test
  void tooFewAreRefused() {
    assertThatThrownBy(() -> new FewShot(2).of(TEN.first(2), TEN.first(2))).hasMessageContaining("only 1 other");
    assertThatThrownBy(() -> new FewShot(0)).hasMessageContaining("0 shots");
  }
}
