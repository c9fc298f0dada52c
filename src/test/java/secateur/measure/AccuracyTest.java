package secateur.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import secateur.measure.Accuracy.Answered;
import secateur.model.Llm;
import secateur.model.Sampler;
import secateur.text.Example;
import secateur.text.Examples;

class AccuracyTest {

  private static Answered answered(String expected, String reply, int level) {
    return new Answered(new Example("?", "", expected, level), reply);
  }

  @Test
  void countsExactAnswers() {
    Accuracy accuracy = new Accuracy(List.of(answered("12", " 12", 1), answered("12", "3+9=12. --> 12.", 1), answered("a --> 12", "12", 1),
        answered("12", "120", 2), answered("12", "12 --> 13", 2), answered("12", " --> 12", 2), answered("12", "", 3), answered("12", "11", 3)), "p");
    assertThat(accuracy.value()).isEqualTo(0.5);
    assertThat(accuracy.error()).isEqualTo(0.17678, within(1e-5)); // sqrt(0.25 / 8)
    assertThat(accuracy.byLevel()).isEqualTo(Map.of(1, 1.0, 2, 1 / 3.0, 3, 0.0));
    assertThat(accuracy).hasToString("accuracy 0.500 ± 0.177 (p)");
    assertThatThrownBy(() -> new Accuracy(List.of(), "p")).hasMessageContaining("no answers");
  }

  @Test
  void asksTheModel() {
    try (Llm model = Llm.load("java-8m")) {
      String written = model.generate("public static int max(", 6, Sampler.GREEDY).substring("public static int max(".length());
      Examples questions = Examples.of("java", List.of(new Example("public static int max(", written), new Example("return", "something else")));
      Accuracy accuracy = Accuracy.of(model, questions, 6);
      assertThat(accuracy.value()).isEqualTo(0.5);
      assertThat(accuracy.answers().get(0).reply()).isEqualTo(written);
      assertThat(accuracy.protocol()).contains("java (sha256 ", "2 examples", "greedy, up to 6 tokens", model.tokenizer().hash(), "float32");
    }
  }
}
