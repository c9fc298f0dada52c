package secateur.distill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import secateur.Living;
import secateur.method.Method;
import secateur.model.Linear;
import secateur.model.Llm;
import secateur.tensor.Progress;
import secateur.text.Windows;

/** MiniLLM and GKD on a tiny teacher. */
class OnPolicyTest {

  private static final Windows TEXT = Pupil.text();
  private static Llm teacher;
  private static Llm student;

  @TempDir
  Path folder;

  @BeforeAll
  static void open() {
    teacher = Pupil.teacher();
    try (Llm begun = new Student(0.5).apply(teacher, TEXT)) {
      student = new LogitKd(teacher, 25).rate(5e-3).apply(begun, TEXT);
    }
  }

  @AfterAll
  static void close() {
    student.close();
    teacher.close();
  }

  private static MiniLlm mini(int steps) {
    return new MiniLlm(teacher, steps).writing(4, 12).batch(8).sampling(0.2, 16, 2).rate(1e-3);
  }

  private static Gkd gkd(int steps) {
    return new Gkd(teacher, steps).writing(4, 12).rate(2e-3);
  }

  /** Reverse KL on what {@code model} writes, which is what on-policy methods make small. */
  private static double exposure(Llm model) {
    long[][] own = new MixedWriter(model, teacher, 0).extend(new Writing(4, 12).prompts(Pupil.ids(256, 17, 3)), 12, 77);
    return Pupil.distance(teacher, model, new ReverseKl(), own);
  }

  @Test
  void theStudentsTextsComeNearerToTheTeacher() {
    double before = exposure(student);
    for (Method method : List.of(mini(60), gkd(60), gkd(60).own(1).divergence(new ReverseKl()))) {
      try (Llm made = method.apply(student, TEXT)) {
        assertThat(exposure(made)).as("%s, before %s", method, before).isLessThan(0.9 * before);
      }
    }
  }

  @Test
  void goesOnFromItsCheckpointInTheMidstOfItsTexts() {
    for (Method method : List.of(mini(53).checkpoint(folder.resolve("mini.safetensors")), gkd(53).checkpoint(folder.resolve("gkd.safetensors")))) {
      try (Llm once = method.apply(student, TEXT); Llm again = method.apply(student, TEXT)) {
        assertThat(again.logits(new long[] {3, 1, 4})).as("%s", method).isDeepEqualTo(once.logits(new long[] {3, 1, 4}));
      }
    }
    assertThatThrownBy(() -> mini(53).sampling(0.3, 16, 2).checkpoint(folder.resolve("mini.safetensors")).apply(student, TEXT))
        .hasMessageContainingAll("α=0.2", "α=0.3");
  }

  @Test
  void drawsFollowTheMixture() {
    long[][] prompts = new long[4000][];
    java.util.Arrays.fill(prompts, new long[] {3, 1, 4});
    for (double alpha : new double[] {0, 0.2, 0.7}) {
      long[][] drawn = new MixedWriter(student, teacher, alpha).extend(prompts, 1, 5);
      double[] p = softmax(teacher.logits(new long[] {3, 1, 4})[2]);
      double[] q = softmax(student.logits(new long[] {3, 1, 4})[2]);
      for (int v = 0; v < Pupil.VOCABULARY; v++) {
        long token = v;
        double share = java.util.Arrays.stream(drawn).filter(row -> row[3] == token).count() / 4000.0;
        double mixed = alpha * p[v] + (1 - alpha) * q[v];
        assertThat(share).isCloseTo(mixed, Offset.offset(5 * Math.sqrt(mixed / 4000) + 1e-3));
      }
      assertThat(new MixedWriter(student, teacher, alpha).extend(prompts, 1, 5)).isDeepEqualTo(drawn);
    }
  }

  private static double[] softmax(float[] logits) {
    double sum = 0;
    double[] all = new double[logits.length];
    for (int v = 0; v < all.length; v++) {
      all[v] = Math.exp(logits[v]);
      sum += all[v];
    }
    for (int v = 0; v < all.length; v++) {
      all[v] /= sum;
    }
    return all;
  }

  @Test
  void textsStayForTheirEpochsAndRememberWhatTheyWereDrawnFrom() {
    Rollouts.Plan plan = new Rollouts.Plan(teacher, TEXT.ids(null), new Writing(4, 12), new Sampling(0.2, 16, 2), 8);
    Rollouts rollouts = new Rollouts(plan, PolicyGradient.USUAL).open();
    try {
      rollouts.begin(0, student);
      PolicyGradient.Rollout first = rollouts.of(0);
      rollouts.begin(3, teacher); // the same phase
      assertThat(rollouts.of(2).ids()).isDeepEqualTo(first.ids());
      assertThat(rollouts.of(1).ids()).isNotEqualTo(first.ids());
      double[] q = softmax(student.logits(java.util.Arrays.copyOf(first.ids()[5], 9))[8]);
      double[] p = softmax(teacher.logits(java.util.Arrays.copyOf(first.ids()[5], 9))[8]);
      int token = (int) first.ids()[5][9];
      assertThat(first.student()[5][5]).isCloseTo((float) Math.log(q[token]), Offset.offset(1e-4f));
      assertThat(first.mixed()[5][5]).isCloseTo((float) Math.log(0.2 * p[token] + 0.8 * q[token]), Offset.offset(1e-4f));
      rollouts.begin(4, student);
      assertThat(rollouts.of(4).ids()).isNotEqualTo(first.ids());
    } finally {
      rollouts.close();
    }
  }

  private static double flops(Method method) {
    return method.cost(student, TEXT).flops();
  }

  /** Of a pass over the 15 tokens that a text of 16 has to predict. */
  private static double pass(Llm model) {
    return 15 * 2.0 * (model.layers().values().stream().mapToLong(Linear::size).sum() + model.head().size());
  }

  @Test
  void plansCountWhatIsWritten() {
    Offset<Double> rounding = Offset.offset(1.0);
    double more = 32 * 2 * (pass(student) + pass(teacher)); // 64 texts in 8 steps of 8 without repetition, 32 with two epochs
    assertThat(flops(mini(8).sampling(0.2, 16, 1)) - flops(mini(8))).isCloseTo(more, rounding);
    assertThat(flops(mini(5).sampling(0.2, 16, 2)) - flops(mini(5).sampling(0, 16, 2))).isCloseTo(32 * pass(teacher), rounding);
    assertThat(flops(gkd(6).own(1)) - flops(gkd(6).own(0))).isCloseTo(6 * 8 * pass(student), rounding);
  }

  @Test
  void leavesNothing() {
    for (Method method : List.of(mini(3), gkd(3).own(1), mini(2).recomputed())) {
      method.apply(student, TEXT).close();
      Living before = Living.settled();
      method.apply(student, TEXT).close();
      assertThat(Living.now()).as("%s", method).isEqualTo(before);
    }
  }

  @Test
  void aCancelInTheMidstLeavesNothing() {
    for (Method method : List.of(mini(40), gkd(40).own(1))) {
      Runnable work = () -> {
        Progress.listener(state -> Progress.cancel());
        assertThatThrownBy(() -> method.apply(student, TEXT)).isInstanceOf(CancellationException.class);
        Progress.listener(state -> {});
        Progress.reset();
      };
      work.run();
      Living before = Living.settled();
      work.run();
      assertThat(Living.now()).as("%s", method).isEqualTo(before);
    }
  }

  @Test
  void refusesWhatCannotBe() {
    assertThatThrownBy(() -> mini(2).sampling(1, 16, 2)).hasMessageContaining("share in sampling is 1.0");
    assertThatThrownBy(() -> mini(2).sampling(0.2, 12, 2).check(student)).hasMessageContaining("12 texts in steps of 8");
    assertThatThrownBy(() -> mini(2).writing(4, 14).apply(student, TEXT)).hasMessageContainingAll("windows of 17", "18");
    assertThatThrownBy(() -> gkd(2).own(1.1)).hasMessageContaining("own texts is 1.1");
    try (Llm few = Llm.random(Pupil.config(16, 1, 20), 1)) {
      assertThatThrownBy(() -> mini(2).check(few)).hasMessageContainingAll("24 tokens", "20");
      assertThatThrownBy(() -> gkd(2).check(few)).hasMessageContainingAll("24 tokens", "20");
    }
    assertThat(new MiniLlm(teacher, 5000)).hasToString("MiniLLM from random 5000 steps");
    assertThat(mini(50)).hasToString("MiniLLM α=0.2 16×2 4+12 from random 50 steps");
    assertThat(new Gkd(teacher, 100).own(1)).hasToString("GKD JS(0.5) λ=1.0 from random 100 steps");
  }
}
