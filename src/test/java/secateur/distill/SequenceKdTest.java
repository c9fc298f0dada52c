package secateur.distill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import secateur.Living;
import secateur.model.Generator;
import secateur.model.Llm;
import secateur.model.Sampler;
import secateur.text.Windows;
import secateur.train.Masked;

/** Distillation of what a tiny teacher writes. */
class SequenceKdTest {

  private static final Windows TEXT = Pupil.text();
  private static Llm teacher;

  @TempDir
  Path folder;

  @BeforeAll
  static void open() {
    teacher = Pupil.teacher();
  }

  @AfterAll
  static void close() {
    teacher.close();
  }

  private static WrittenText written(double temperature) {
    return new WrittenText(teacher, TEXT.ids(null), new Writing(4, 9), new WrittenText.Manner(temperature, Pupil.VOCABULARY, 8));
  }

  @Test
  void comesNearerToTheTeacher() {
    try (Llm student = new Student(0.5).apply(teacher, TEXT); Llm made = new SequenceKd(teacher, 60).writing(4, 12).rate(5e-3).apply(student, TEXT)) {
      assertThat(Pupil.distance(teacher, made)).isLessThan(0.5 * Pupil.distance(teacher, student));
    }
  }

  @Test
  void theTeacherWritesAfterTheBeginnings() {
    long[][] ids = written(1).ids();
    assertThat(ids).hasDimensions(64, 13);
    assertThat(written(1).ids()).isDeepEqualTo(ids);
    long[][] windows = TEXT.ids(null);
    for (int row = 0; row < ids.length; row++) {
      assertThat(Arrays.copyOf(ids[row], 4)).isEqualTo(Arrays.copyOf(windows[row], 4));
    }
    assertThat(Arrays.stream(ids).map(row -> row[8]).distinct().count()).isGreaterThan(8);
    long[][] greedy = written(0).ids();
    assertThat(greedy[7]).isEqualTo(new Generator(teacher, Sampler.GREEDY).extend(Arrays.copyOf(windows[7], 4), 9));
  }

  @Test
  void onlyWhatWasWrittenCountsUpToItsEnd() {
    Masked batch = written(1).batch(0);
    assertThat(batch.weights()).hasDimensions(8, 12);
    assertThat(batch.weights()[0]).containsExactly(0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1);
    Masked ended = Batches.from(new long[][] {{9, 1, 2, 9, 4, 9}, {1, 2, 3, 4, 5, 6}}, 2, 9);
    assertThat(ended.weights()).isDeepEqualTo(new float[][] {{0, 1, 1, 0, 0}, {0, 1, 1, 1, 1}});
  }

  @Test
  void leavesNothing() {
    try (Llm student = new Student(0.5).apply(teacher, TEXT)) {
      SequenceKd method = new SequenceKd(teacher, 2).writing(4, 5);
      method.apply(student, TEXT).close();
      Living before = Living.settled();
      method.apply(student, TEXT).close();
      assertThat(Living.now()).isEqualTo(before);
    }
  }

  @Test
  void refusesWhatCannotBe() {
    try (Llm student = new Student(0.5).apply(teacher, TEXT)) {
      assertThatThrownBy(() -> new SequenceKd(teacher, 2).writing(18, 5).apply(student, TEXT)).hasMessageContainingAll("windows of 17", "18");
      assertThatThrownBy(() -> new SequenceKd(teacher, 2).writing(4, 61).apply(student, TEXT)).hasMessageContainingAll("61 tokens", "64");
    }
    assertThatThrownBy(() -> new SequenceKd(teacher, 2).writing(0, 5)).hasMessageContaining("prompts of 0");
    assertThatThrownBy(() -> new SequenceKd(teacher, 2).temperature(-1)).hasMessageContaining("temperature is -1");
    assertThat(new SequenceKd(teacher, 200).greedy().writing(4, 8)).hasToString("sequence KD greedy 4+8 from random 200 steps");
  }
}
