package secateur.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import secateur.model.Llm;
import secateur.text.Choices;
import secateur.text.Choices.Question;

class MultipleChoiceTest {

  private static final List<Question> QUESTIONS = List.of(new Question("public static", List.of("void main(String[] args)", "x"), 0),
      new Question("import ", List.of("java.util.List;", "elephant", "java.util.Map;"), 1), new Question("return", List.of("this.name.equals(other.name) && other != null;", "x;"), 0));

  @TempDir
  Path folder;

  /** From the logits of each text by itself. */
  private static double alone(Llm model, String context, String continuation) {
    long[] ids = model.tokenizer().encode(context + continuation);
    float[][] logits = model.logits(ids);
    double sum = 0;
    for (int t = model.tokenizer().encode(context).length; t < ids.length; t++) {
      double all = 0;
      for (float z : logits[t - 1]) {
        all += Math.exp(z);
      }
      sum += logits[t - 1][(int) ids[t]] - Math.log(all);
    }
    return sum;
  }

  @Test
  void scoresAreThoseOfEachTextByItself() {
    try (Llm model = Llm.load("java-8m")) {
      Continuations all = new Continuations(model);
      all.add("public static", " void main(String[] args)");
      all.add("return", " this");
      all.add("import java.util", ".List;");
      double[] scores = all.logLikelihoods();
      assertThat(scores[0]).isEqualTo(alone(model, "public static", " void main(String[] args)"), within(1e-3));
      assertThat(scores[1]).isEqualTo(alone(model, "return", " this"), within(1e-3));
      assertThat(scores[2]).isEqualTo(alone(model, "import java.util", ".List;"), within(1e-3));
    }
  }

  @Test
  void accAndAccNorm() {
    try (Llm model = Llm.load("java-8m")) {
      int right = 0;
      int rightNorm = 0;
      for (Question question : QUESTIONS) {
        int best = 0;
        int bestNorm = 0;
        double[] scores = question.choices().stream().mapToDouble(choice -> alone(model, question.query().strip(), " " + choice)).toArray();
        for (int i = 1; i < scores.length; i++) {
          best = scores[i] > scores[best] ? i : best;
          bestNorm = scores[i] / question.choices().get(i).length() > scores[bestNorm] / question.choices().get(bestNorm).length() ? i : bestNorm;
        }
        right += best == question.gold() ? 1 : 0;
        rightNorm += bestNorm == question.gold() ? 1 : 0;
      }
      MultipleChoice made = MultipleChoice.of(model, Choices.of("some", QUESTIONS));
      assertThat(made.acc()).isEqualTo(right / 3.0).isLessThan(made.accNorm());
      assertThat(made.accNorm()).isEqualTo(rightNorm / 3.0);
      assertThat(made.protocol()).contains("some (sha256", "3 questions", "by bytes", "float32");
    }
  }

  @Test
  void filesAreRead() throws IOException {
    Path file = Files.writeString(folder.resolve("choices.jsonl"), """
        {"query": "public static", "choices": ["void main(String[] args)", "x"], "gold": 0, "more": 1}

        {"query": "import ", "choices": ["java.util.List;", "elephant", "java.util.Map;"], "gold": 1}
        """);
    assertThat(Choices.load(file).list()).isEqualTo(QUESTIONS.subList(0, 2));
    assertThat(Choices.load(file).protocol()).startsWith("choices.jsonl (sha256 ").endsWith("2 questions");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "{\"query\": \"a\", \"choices\": [\"b\", \"c\"], \"gold\": 2} | gold is 2, allowed is 0 to 1",
      "{\"query\": \"a\", \"choices\": [\"b\"], \"gold\": 0} | 2 choices or more",
      "{\"query\": \"a\", \"choices\": [\"b\", []], \"gold\": 0} | line 2",
      "{\"query\": \"a\", \"choices\": \"b\", \"gold\": 0} | no array 'choices'",
      "{\"choices\": [\"b\", \"c\"], \"gold\": 0} | no string 'query'",
      "{ | is not a JSON object"})
  void aBadLineIsNamed(String line, String message) throws IOException {
    Path file = Files.writeString(folder.resolve("bad.jsonl"), "{\"query\": \"a\", \"choices\": [\"b\", \"c\"], \"gold\": 0}\n" + line);
    assertThatThrownBy(() -> Choices.load(file)).isInstanceOf(IllegalArgumentException.class).hasMessageContainingAll("bad.jsonl, line 2", message);
  }
}
