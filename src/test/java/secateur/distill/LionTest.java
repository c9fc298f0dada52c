package secateur.distill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import secateur.Living;
import secateur.model.Llm;
import secateur.text.Example;
import secateur.text.Examples;
import secateur.text.Form;

class LionTest {

  /** What the teacher knows by heart, as it is asked. */
  private static final Examples ASKED = TinyTask.SOME.as(Form.CHAIN_OF_THOUGHT);

  @TempDir
  static Path folder;

  private static Llm untrained;
  private static Llm teacher;

  @BeforeAll
  static void models() {
    untrained = TinyTask.untrained(folder);
    teacher = TinyTask.teacher(untrained);
  }

  @AfterAll
  static void close() {
    teacher.close();
    untrained.close();
  }

  private static Lion lion(Author author, int rounds) {
    return new Lion(teacher, ASKED.first(2), author, 40).rules(new Lion.Rules(rounds, Referee.ANSWERS, 1, 40)).rate(5e-3).batch(2);
  }

  @Test
  void hardIsWhereTheStudentFallsBehind() {
    Lion lion = lion(Author.of(TinyTask.TASK), 1);
    List<Example> taught = lion.taught(ASKED.list()).list();
    assertThat(taught).extracting(Example::response).isEqualTo(ASKED.list().stream().map(Example::response).toList());
    assertThat(lion.discern(teacher, taught)).isEqualTo(new Lion.Discerned(List.of(), taught));
    assertThat(lion.discern(untrained, taught)).isEqualTo(new Lion.Discerned(taught, List.of()));
  }

  /** The student is asked about two; in the second round it is taught two that the author makes. */
  @Test
  void everyRoundTeachesNewInstructions() {
    List<List<Example>> models = new ArrayList<>();
    Author author = (examples, seed) -> {
      models.add(examples);
      return ASKED.list().subList(2, 4).stream().map(Example::prompt).toList();
    };
    try (Llm student = lion(author, 2).apply(untrained, TinyTask.NONE)) {
      assertThat(models).hasSize(1);
      assertThat(models.get(0)).hasSize(2).allMatch(each -> ASKED.list().subList(0, 2).contains(each));
      assertThat(lion(author, 1).discern(student, ASKED.list().subList(2, 4)).hard()).isEmpty();
    }
  }

  @Test
  void referees() {
    Example taught = new Example("Why?", "it rains a lot --> rain");
    assertThat(Referee.ANSWERS.behind(taught, "so --> rain")).isZero();
    assertThat(Referee.ANSWERS.behind(taught, "it rains a lot --> snow")).isEqualTo(1);
    assertThat(Referee.WORDS.behind(taught, "it rains a lot rain")).isZero();
    assertThat(Referee.WORDS.behind(taught, "no")).isEqualTo(1);
  }

  @Test
  void authors() {
    List<String> made = Author.of(TinyTask.TASK).like(TinyTask.SOME.list(), 4);
    assertThat(made).hasSize(6).isEqualTo(Author.of(TinyTask.TASK).like(TinyTask.SOME.list(), 4)).isNotEqualTo(Author.of(TinyTask.TASK).like(TinyTask.SOME.list(), 5));
    assertThat(Author.of(teacher, "%s ###", 8).like(TinyTask.SOME.list(), 4)).hasSize(6).noneMatch(String::isBlank);
  }

  @Test
  void nothingIsLeftBehind() {
    Lion method = lion(Author.of(TinyTask.TASK), 2);
    method.apply(untrained, TinyTask.NONE).close();
    Living before = Living.settled();
    method.apply(untrained, TinyTask.NONE).close();
    assertThat(Living.settled()).isEqualTo(before);
  }

  @Test
  void labelsAndRefusals() {
    assertThat(lion(Author.of(TinyTask.TASK), 2)).hasToString("Lion 2 rounds from " + teacher.name() + " 40 steps");
    assertThatThrownBy(() -> lion(Author.of(TinyTask.TASK), 0)).hasMessageContaining("0 rounds");
    assertThatThrownBy(() -> lion(Author.of(TinyTask.TASK), 1).on(TinyTask.NONE)).hasMessageContaining("not from windows");
    assertThat(lion(Author.of(TinyTask.TASK), 2).cost(untrained, TinyTask.NONE).flops()).isEqualTo(2 * lion(Author.of(TinyTask.TASK), 1).cost(untrained, TinyTask.NONE).flops());
  }
}
