package secateur.distill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import secateur.Living;
import secateur.measure.Accuracy;
import secateur.method.Method;
import secateur.method.Tuning;
import secateur.model.Llm;
import secateur.tensor.Progress;
import secateur.tensor.Scope;
import secateur.text.Example;
import secateur.text.Examples;
import secateur.text.Form;
import secateur.text.Prompts;
import secateur.train.ExampleBatches;
import secateur.train.Masked;
import secateur.train.ResponseTokens;

/** Methods that teach by examples, on questions learned by heart. */
class LearningTest {

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

  private static double accuracy(Llm model, Examples questions) {
    return Accuracy.of(model, questions).value();
  }

  private static double loss(Llm model, Examples examples) {
    try (Scope scope = new Scope()) {
      return new ResponseTokens().of(model, ExampleBatches.once(examples, model.tokenizer(), 64).get(0)).getFloat();
    }
  }

  /** The questions, two of which are said to have another answer. */
  private static Examples withTwoWrong() {
    List<Example> list = new ArrayList<>(TinyTask.SOME.list());
    list.replaceAll(each -> list.indexOf(each) < 2 ? new Example(each.prompt(), "", each.response().equals("yes") ? "no" : "yes", each.level()) : each.because(""));
    return Examples.of("some", list);
  }

  @Test
  void aStudentLearnsToThinkBeforeItAnswers() {
    assertThat(accuracy(untrained, TinyTask.SOME.as(Form.CHAIN_OF_THOUGHT))).isZero();
    assertThat(Accuracy.of(teacher, TinyTask.SOME.as(Form.CHAIN_OF_THOUGHT)).answers())
        .allMatch(Accuracy.Answered::right).allMatch(each -> each.reply().equals(each.question().response()));
  }

  @Test
  void onlyRationalesOfRightAnswersAreKept() {
    Examples kept = new Rationales(teacher, withTwoWrong()).greedy().examples();
    assertThat(kept.list()).isEqualTo(TinyTask.SOME.list().subList(2, 6));
    assertThat(kept.name()).contains("4 of 6 rationales of " + teacher.name());
    Examples drawn = new Rationales(teacher, withTwoWrong()).samples(3).temperature(1.5).examples();
    assertThat(drawn.list()).doesNotHaveDuplicates().isEqualTo(new Rationales(teacher, withTwoWrong()).samples(3).temperature(1.5).examples().list())
        .allMatch(each -> !each.rationale().isEmpty());
    assertThat(drawn.list().stream().map(Example::prompt)).isSubsetOf(TinyTask.SOME.list().stream().map(Example::prompt).toList());
    assertThatThrownBy(() -> new Rationales(untrained, withTwoWrong()).greedy().examples()).hasMessageContaining("none of 6 rationales");
  }

  @Test
  void aTeacherTeachesWhatItThinks() {
    try (Llm student = new ChainOfThought(new Rationales(teacher, TinyTask.SOME).greedy(), 80).rate(5e-3).batch(6).apply(untrained, TinyTask.NONE)) {
      assertThat(accuracy(student, TinyTask.SOME.as(Form.CHAIN_OF_THOUGHT))).isEqualTo(1);
    }
  }

  @Test
  void stepByStepTeachesBothTasks() {
    try (Llm student = new StepByStep(TinyTask.SOME, 200).rate(5e-3).batch(6).apply(untrained, TinyTask.NONE)) {
      assertThat(accuracy(student, TinyTask.SOME.as(Form.LABEL))).isEqualTo(1);
      assertThat(Accuracy.of(student, TinyTask.SOME.as(Form.RATIONALE)).answers()).allMatch(each -> each.reply().equals(each.question().response()));
    }
  }

  @Test
  void itsLossIsTheMixtureOfBoth() {
    try (Scope scope = new Scope()) {
      Masked both = new StepByStep(TinyTask.SOME, 1).share(0.3).batch(6).data(untrained).batch(0);
      assertThat(both.rows()).isEqualTo(12);
      double mixed = new ResponseTokens().of(untrained, both).getFloat();
      assertThat(mixed).isEqualTo(0.3 * loss(untrained, TinyTask.SOME.as(Form.LABEL)) + 0.7 * loss(untrained, TinyTask.SOME.as(Form.RATIONALE)), within(1e-4));
    }
  }

  @Test
  void inContextTheTeacherAnswersAfterOthers() {
    InContext method = new InContext(teacher, TinyTask.SOME.only(each -> each.level() == 1), 1, 10).rate(5e-3).batch(3);
    for (Example each : method.answered().list()) {
      assertThat(each.prompt().lines()).hasSize(2).allMatch(line -> line.contains(" ###"));
      assertThat(each.response()).isNotBlank();
    }
    try (Llm student = method.apply(untrained, TinyTask.NONE)) {
      assertThat(loss(student, method.answered())).isLessThan(0.8 * loss(untrained, method.answered()));
    }
  }

  @Test
  void inContextTheTeacherSaysHowLikelyItsAnswersAre() {
    InContext method = new InContext(teacher, TinyTask.SOME, 1, 10).batch(3);
    Masked batch = method.data(untrained).batch(0);
    double answers = loss(method.share(0), untrained, batch);
    double probabilities = loss(method.share(1), untrained, batch);
    assertThat(loss(method.share(1), teacher, batch)).isZero();
    assertThat(probabilities).isGreaterThan(0.1).isNotCloseTo(answers, within(0.01));
    assertThat(loss(method.share(0.25), untrained, batch)).isCloseTo(0.75 * answers + 0.25 * probabilities, within(1e-5));
  }

  private static double loss(InContext method, Llm student, Masked batch) {
    try (Scope scope = new Scope()) {
      return method.trainer(student, TinyTask.NONE).loss().of(student, batch).getFloat();
    }
  }

  @Test
  void fineTuningLearnsAnyForm() {
    try (Llm student = new FineTune(TinyTask.SOME, 60).rate(5e-3).batch(6).as(Prompts.ALPACA).apply(untrained, TinyTask.NONE)) {
      assertThat(accuracy(student, TinyTask.SOME.as(Prompts.ALPACA))).isEqualTo(1);
    }
  }

  @Test
  void whatCameFromElsewhereIsSaidBeforeItIsLearned() {
    Path file = folder.resolve("answers.jsonl");
    TinyTask.SOME.save(file);
    Examples foreign = Examples.load(file);
    for (Method method : List.of(new FineTune(foreign, 1), new ChainOfThought(foreign, 1), new StepByStep(foreign, 1), new InContext(teacher, foreign, 1, 1))) {
      assertThat(notices(method)).as("%s", method).containsExactly(foreign.notice().orElseThrow());
    }
    for (Method method : List.of(new FineTune(TinyTask.SOME, 1), new ChainOfThought(teacher, foreign, 1))) {
      assertThat(notices(method)).as("%s", method).isEmpty();
    }
  }

  private static List<String> notices(Method method) {
    List<String> notices = new ArrayList<>();
    Progress.listener(new Progress.Listener() {
      @Override
      public void update(Progress.State state) {}

      @Override
      public void notice(String sentence) {
        notices.add(sentence);
      }
    });
    try {
      method.apply(teacher, TinyTask.NONE).close();
      return notices;
    } finally {
      Progress.listener(state -> {});
    }
  }

  @Test
  void nothingIsLeftBehind() {
    ChainOfThought method = new ChainOfThought(new Rationales(teacher, TinyTask.SOME), 3);
    method.apply(untrained, TinyTask.NONE).close();
    Living before = Living.settled();
    method.apply(untrained, TinyTask.NONE).close();
    assertThat(Living.settled()).isEqualTo(before);
  }

  @Test
  void labelsAndRefusals() {
    assertThat(Stream.of(new ChainOfThought(teacher, TinyTask.SOME, 5), new ChainOfThought(TinyTask.SOME, 5), new StepByStep(TinyTask.SOME, 5).share(0.3),
        new FineTune(TinyTask.SOME, 5), new InContext(teacher, TinyTask.SOME, 2, 5)).map(Object::toString)).containsExactly(
        "chain of thought from " + teacher.name() + " 5 steps", "chain of thought 5 steps", "step by step 0.3 5 steps", "fine-tuning direct 5 steps",
        "in-context 2-shot from " + teacher.name() + " 5 steps");
    assertThatThrownBy(() -> new StepByStep(TinyTask.SOME, 5).share(0)).hasMessageContaining("share is 0.0");
    assertThatThrownBy(() -> new Rationales(teacher, TinyTask.SOME).temperature(0)).hasMessageContaining("all be the same");
    assertThatThrownBy(() -> new InContext(teacher, TinyTask.SOME, 0, 5)).hasMessageContaining("0 shots");
    assertThatThrownBy(() -> new InContext(teacher, TinyTask.SOME, 1, 5).share(1.5)).hasMessageContaining("is 1.5, allowed is 0 to 1");
    assertThat(new InContext(teacher, TinyTask.SOME, 2, 5).share(0).text(0.5).toString()).isEqualTo("in-context 2-shot β=0.5 a=0.0 from " + teacher.name() + " 5 steps");
    assertThatThrownBy(() -> new ChainOfThought(TinyTask.SOME, 5).on(TinyTask.NONE)).hasMessageContaining("not from windows");
    Examples tooLong = Examples.of("long", List.of(new Example("Is it? ".repeat(90), "yes")));
    assertThatThrownBy(() -> new FineTune(tooLong, Form.DIRECT, Tuning.of(1, 1e-3, 1)).apply(untrained, TinyTask.NONE)).hasMessageContaining("the context of");
    assertThat(new ChainOfThought(teacher, TinyTask.SOME, 5).cost(untrained, TinyTask.NONE).flops())
        .isGreaterThan(new ChainOfThought(TinyTask.SOME, 5).cost(untrained, TinyTask.NONE).flops());
  }
}
