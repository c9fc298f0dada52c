package secateur.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import secateur.model.Llm;
import secateur.text.Example;
import secateur.text.Examples;

/** Longest common subsequences counted by hand. */
class RougeLTest {

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "police killed the gunman | police kill the gunman | 0.75",           // police the gunman: 3 of 4, 3 of 4
      "police killed the gunman | the gunman kill police | 0.5",            // the gunman: 2 of 4, 2 of 4
      "a b c d e | a c e | 0.75",                                           // 3 of 3, 3 of 5: 2 * 1 * 0.6 / 1.6
      "a b c | c b a | 0.333333",                                           // 1 of 3, 1 of 3
      "The cat, 9 lives! | the CAT -- 9-lives | 1",
      "one two | three | 0",
      "one two | '' | 0",
      "... | ... | 0",
      "a a a b | a b a | 0.571429"})                                        // a b or a a: 2 of 3, 2 of 4
  void byHand(String reference, String reply, double expected) {
    assertThat(RougeL.of(reference, reply)).isEqualTo(expected, within(1e-6));
    assertThat(RougeL.of(reply, reference)).isEqualTo(expected, within(1e-6));
  }

  @Test
  void ofAModel() {
    try (Llm model = Llm.load("java-8m")) {
      Examples some = Examples.of("some", List.of(new Example("import java.util.", "List;"), new Example("return", "of the mind")));
      RougeL rouge = RougeL.of(model, some, 4);
      assertThat(rouge.value()).isBetween(0.0, 1.0);
      assertThat(rouge.protocol()).contains("some (sha256", "ROUGE-L", "up to 4 tokens", "float32");
    }
  }
}
