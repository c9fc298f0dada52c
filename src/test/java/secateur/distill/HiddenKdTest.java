package secateur.distill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import secateur.Golden;
import secateur.Living;
import secateur.method.Cost;
import secateur.method.Method;
import secateur.method.Tuning;
import secateur.model.Block;
import secateur.model.Llm;
import secateur.model.Pass;
import secateur.spec.Role;
import secateur.tensor.Devices;
import secateur.tensor.Divergences;
import secateur.tensor.Nn;
import secateur.tensor.Scope;
import secateur.text.Windows;

/** Distillation of hidden states and attention on a tiny teacher. */
class HiddenKdTest {

  private static final Windows TEXT = Pupil.text();
  private static Llm teacher;

  @TempDir
  Path folder;

  static List<String> models() {
    return Golden.models();
  }

  @BeforeAll
  static void open() {
    teacher = Pupil.teacher();
  }

  @AfterAll
  static void close() {
    teacher.close();
  }

  /** Batches of 8 windows of 16 tokens; the teacher has 2 blocks, the student 1, of 4 heads of 8 each. */
  @Test
  void plansCountTheScoresOfAttention() {
    try (Llm student = new Student(0.5).shallower().apply(teacher, TEXT)) {
      Cost with = new HiddenKd(teacher, 3).cost(student, TEXT);
      Cost without = new HiddenKd(teacher, 3).weights(1, 0).cost(student, TEXT);
      assertThat(with.bytes() - without.bytes()).isEqualTo(4 * 8 * 16 * 16 * (2 * 4 + 2 * 4));
      assertThat(with.flops() - without.flops()).isEqualTo(3 * 2.0 * 8 * 16 * 16 * (2 * 32 + 3 * 32));
    }
    try (Llm narrow = new Student(0.5).narrower().apply(teacher, TEXT)) {
      assertThat(new HiddenKd(teacher, 3).cost(narrow, TEXT)).isEqualTo(new HiddenKd(teacher, 3).weights(1, 0).cost(narrow, TEXT));
    }
  }

  /** Attention by the scores of a block is that of its forward pass, where no other mask is added. */
  @Test
  void scoresAreThoseOfAttention() {
    Map<String, float[]> seen = new HashMap<>();
    try (Scope scope = new Scope()) {
      Block block = teacher.blocks().get(1);
      Pass pass = teacher.pass(9);
      NDArray x = teacher.embed(teacher.ids(Pupil.ids(2, 9, 4)));
      block.forward(x, pass, (layer, input) -> seen.put(layer, input.toFloatArray()));
      NDArray later = Devices.manager().ones(new Shape(9, 9)).sub(Devices.manager().eye(9).cumSum(1)); // 1 below the diagonal
      NDArray attention = block.scores(x, pass).sub(later.transpose().mul(1e9f)).softmax(3); // (B, H, T, T)
      NDArray v = block.layer(Role.V).forward(Devices.manager().create(seen.get("1.q"), new Shape(2, 9, 32)));
      NDArray out = attention.matMul(v.reshape(2, 9, 4, 8).transpose(0, 2, 1, 3)).transpose(0, 2, 1, 3).reshape(2, 9, 32);
      assertThat(Golden.difference(out, Devices.manager().create(seen.get("1.o"), new Shape(2, 9, 32)))).isLessThan(1e-5);
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void everyArchitectureHasScores(String name) {
    try (Llm model = Golden.model(name); Scope scope = new Scope()) {
      NDArray x = Golden.expected(name, "hidden_0");
      NDArray scores = model.blocks().get(0).scores(x, model.pass(48));
      assertThat(scores.getShape().getShape()).containsExactly(2, model.blocks().get(0).heads().queries(), 48, 48);
      assertThat(scores.isNaN().any().getBoolean()).isFalse();
    }
  }

  @Test
  void errorsAreMeanSquaresByTheTeachers() {
    try (Scope scope = new Scope()) {
      NDArray x = Devices.manager().create(new float[] {1, 2, 3, 5}).reshape(1, 2, 2);
      NDArray y = Devices.manager().create(new float[] {1, 1, 3, 3}).reshape(1, 2, 2);
      assertThat(Divergences.relativeError(x, y).toFloatArray()).containsExactly(0.1f, 0.4f); // mean squares 0.5 and 2, by 5
      NDArray a = x.reshape(1, 1, 2, 2);
      NDArray b = y.reshape(1, 1, 2, 2);
      assertThat(Divergences.scoreError(a, b).getFloat()).isCloseTo(4f / 19, org.assertj.core.data.Offset.offset(1e-6f)); // without the second
      NDArray q = Devices.manager().create(new float[] {1, 0, 0, 2, 1, 1, 1, 1}).reshape(1, 2, 1, 4);
      assertThat(Nn.scores(q, q.get(":, :1")).toFloatArray()).containsExactly(2.5f, 1.5f); // two queries of one key-value head
    }
  }

  @Test
  void blocksAreEvenlyTaught() {
    assertThat(IntStream.rangeClosed(0, 4).map(m -> HiddenKd.taughtBy(m, 4, 12))).containsExactly(0, 3, 6, 9, 12);
    assertThat(IntStream.rangeClosed(0, 3).map(m -> HiddenKd.taughtBy(m, 3, 8))).containsExactly(0, 3, 6, 8);
  }

  /** The mean error of the streams of {@code student}, which is as wide as the teacher. */
  private static double inside(Llm student) {
    try (Scope scope = new Scope()) {
      long[][] ids = Pupil.ids(32, 17, 3);
      NDArray own = Inside.of(student, Batches.input(student, ids), false).streams().get(1);
      NDArray theirs = Inside.of(teacher, Batches.input(teacher, ids), false).streams().get(2);
      return Divergences.relativeError(own, theirs).mean().getFloat();
    }
  }

  @Test
  void comesNearerInsideAndAtTheEnd() {
    try (Llm student = Llm.random(Pupil.config(32, 1, Pupil.VOCABULARY), 4); Llm alone = new Pupil.Plain(Tuning.of(60, 5e-3, 1)).apply(student, TEXT);
        Llm made = new HiddenKd(teacher, 60).rate(5e-3).apply(student, TEXT)) {
      assertThat(inside(made)).isLessThan(0.5 * inside(alone));
      assertThat(Pupil.distance(teacher, made)).isLessThan(Pupil.distance(teacher, alone));
    }
  }

  @Test
  void aNarrowerOneLearnsThroughAProjection() {
    HiddenKd method = new HiddenKd(teacher, 60).rate(5e-3);
    try (Llm student = new Student(0.5).narrower().apply(teacher, TEXT); Llm alone = new Pupil.Plain(Tuning.of(60, 5e-3, 1)).apply(student, TEXT);
        Llm made = method.apply(student, TEXT)) {
      assertThat(student.spec().sizes().hidden()).isLessThan(32);
      assertThat(Pupil.distance(teacher, made)).isLessThan(Pupil.distance(teacher, alone));
      assertThat(made.spec().sizes()).isEqualTo(student.spec().sizes());
    }
  }

  @Test
  void goesOnFromItsCheckpoint() {
    HiddenKd method = new HiddenKd(teacher, 53).rate(5e-3).checkpoint(folder.resolve("training.safetensors"));
    try (Llm student = new Student(0.5).narrower().apply(teacher, TEXT); Llm once = method.apply(student, TEXT); Llm again = method.apply(student, TEXT)) {
      assertThat(folder.resolve("training.safetensors")).exists();
      assertThat(again.logits(new long[] {3, 1, 4})).isDeepEqualTo(once.logits(new long[] {3, 1, 4}));
    }
  }

  @Test
  void leavesNothing() {
    try (Llm narrow = new Student(0.5).narrower().apply(teacher, TEXT); Llm shallow = Llm.random(Pupil.config(32, 1, Pupil.VOCABULARY), 4)) {
      for (Llm student : List.of(narrow, shallow)) {
        Method method = new HiddenKd(teacher, 2);
        method.apply(student, TEXT).close();
        Living before = Living.settled();
        method.apply(student, TEXT).close();
        assertThat(Living.now()).isEqualTo(before);
      }
    }
  }

  @Test
  void refusesWhatCannotBe() {
    assertThatThrownBy(() -> new HiddenKd(teacher, 1).weights(-1, 0)).hasMessageContaining("-1.0 and 0.0");
    try (Llm deep = Llm.random(Pupil.config(16, 3, Pupil.VOCABULARY), 1); Llm student = new Student(0.5).apply(teacher, TEXT)) {
      assertThatThrownBy(() -> new HiddenKd(teacher, 1).check(deep)).hasMessageContaining("3 blocks, its teacher 2");
      assertThatThrownBy(() -> new HiddenKd(teacher, 1).recomputed().check(student)).hasMessageContaining("without recomputed()");
    }
    assertThat(new HiddenKd(teacher, 20)).hasToString("hidden KD from random 20 steps");
    assertThat(new HiddenKd(teacher, 20).weights(1, 0)).hasToString("hidden KD 1.0/0.0 from random 20 steps");
  }
}
