package secateur.distill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import secateur.Living;
import secateur.export.HuggingFace;
import secateur.file.Json;
import secateur.method.Method;
import secateur.method.Tuning;
import secateur.model.Llm;
import secateur.prune.DropLayers;
import secateur.spec.Spec;
import secateur.tensor.Scope;
import secateur.text.Windows;

/** Distillation of logits on a tiny teacher. */
class LogitKdTest {

  private static final Windows TEXT = Pupil.text();
  private static final int STEPS = 60;
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

  private static double distance(Method method) {
    try (Llm made = new Student(0.5).then(method).apply(teacher, TEXT)) {
      return Pupil.distance(teacher, made);
    }
  }

  @Test
  void comesNearerThanCrossEntropyAlone() {
    double untrained = distance(new LogitKd(teacher, 1).rate(1e-12));
    double alone = distance(new Pupil.Plain(Tuning.of(STEPS, 5e-3, 1)));
    for (LogitKd method : List.of(new LogitKd(teacher, STEPS), new LogitKd(teacher, STEPS).temperature(2).share(1),
        new LogitKd(teacher, STEPS).divergence(new ReverseKl()).share(1), new LogitKd(teacher, STEPS).divergence(new JensenShannon(0.5)).share(0.9))) {
      assertThat(distance(method.rate(5e-3))).as("%s: %s alone, %s untrained", method, alone, untrained).isLessThan(alone).isLessThan(untrained);
    }
  }

  @Test
  void whatWasStoredTeachesAlike() {
    StoredLogits.Top top = new StoredLogits.Top(6, 2);
    Path file = folder.resolve("stored.safetensors");
    StoredLogits stored = StoredLogits.of(teacher, TEXT, top, file);
    long written = file.toFile().lastModified();
    double alone = distance(new Pupil.Plain(Tuning.of(STEPS, 5e-3, 1)));
    assertThat(distance(new LogitKd(stored, STEPS).temperature(2).rate(5e-3))).isLessThan(alone);
    assertThat(StoredLogits.of(teacher, TEXT, top, file)).hasToString(stored.toString());
    assertThat(file.toFile().lastModified()).isEqualTo(written);
  }

  @Test
  void nearlyAllTokensStoredAreNearlyTheTeacher() {
    StoredLogits stored = StoredLogits.of(teacher, TEXT, new StoredLogits.Top(Pupil.VOCABULARY - 1), folder.resolve("all.safetensors"));
    double live = distance(new LogitKd(teacher, 20).rate(5e-3));
    assertThat(distance(new LogitKd(StoredLogits.open(folder.resolve("all.safetensors")), 20).rate(5e-3))).isCloseTo(live, org.assertj.core.data.Percentage.withPercentage(1));
    assertThat(stored).hasToString("random (top 23 at τ=1.0)");
  }

  @Test
  void storedLogitsOfOthersAreRefused() {
    Path file = folder.resolve("stored.safetensors");
    StoredLogits stored = StoredLogits.of(teacher, TEXT, new StoredLogits.Top(5), file);
    assertThatThrownBy(() -> StoredLogits.of(teacher, TEXT, new StoredLogits.Top(6), file)).hasMessageContainingAll("top 5", "top 6", "remove it");
    assertThatThrownBy(() -> StoredLogits.of(teacher, Windows.of(Pupil.ids(4, 17, 9)), new StoredLogits.Top(5), file)).hasMessageContaining("on text");
    try (Llm other = new Student(0.5).apply(teacher, TEXT); Llm wide = Llm.random(Pupil.config(16, 1, 20), 1)) {
      assertThatThrownBy(() -> StoredLogits.of(other, TEXT, new StoredLogits.Top(5), file)).hasMessageContaining("weights");
      assertThatThrownBy(() -> new LogitKd(stored, 2).check(wide)).hasMessageContainingAll("24 tokens", "20 tokens");
      assertThatThrownBy(() -> new LogitKd(stored, 2).temperature(2).check(other)).hasMessageContaining("temperature 2.0");
      assertThatThrownBy(() -> new LogitKd(stored, 2).apply(other, Windows.of(Pupil.ids(4, 17, 9)))).hasMessageContaining("none of the 64");
    }
    assertThatThrownBy(() -> new StoredLogits.Top(0)).hasMessageContaining("0 likeliest");
    assertThatThrownBy(() -> StoredLogits.of(teacher, TEXT, new StoredLogits.Top(24), folder.resolve("x"))).hasMessageContaining("24 likeliest of 24");
  }

  @Test
  void goesOnFromItsCheckpoint() {
    LogitKd method = new LogitKd(teacher, 50).rate(5e-3).checkpoint(folder.resolve("training.safetensors"));
    try (Llm student = new Student(0.5).apply(teacher, TEXT); Llm once = method.apply(student, TEXT); Llm again = method.apply(student, TEXT)) {
      assertThat(folder.resolve("training.safetensors")).exists();
      assertThat(again.logits(new long[] {3, 1, 4})).isDeepEqualTo(once.logits(new long[] {3, 1, 4}));
      assertThatThrownBy(() -> method.divergence(new ReverseKl()).apply(student, TEXT)).hasMessageContainingAll("forward KL", "reverse KL", "remove the file");
    }
  }

  @Test
  void aPrunedModelLearnsFromTheWhole() {
    try (Llm pruned = new DropLayers(List.of(0)).apply(teacher, TEXT); Llm made = new LogitKd(teacher, 40).rate(3e-3).apply(pruned, TEXT)) {
      assertThat(Pupil.distance(teacher, made)).isLessThan(Pupil.distance(teacher, pruned));
    }
  }

  @Test
  void leavesNothing() {
    StoredLogits stored = StoredLogits.of(teacher, TEXT, new StoredLogits.Top(5), folder.resolve("stored.safetensors"));
    try (Llm student = new Student(0.5).apply(teacher, TEXT)) {
      for (Method method : List.of(new LogitKd(teacher, 2), new LogitKd(stored, 2), new Student(0.5).seed(3))) {
        method.apply(student, TEXT).close();
        Living before = Living.settled();
        method.apply(student, TEXT).close();
        assertThat(Living.now()).as("%s", method).isEqualTo(before);
      }
      Living before = Living.settled();
      StoredLogits.of(teacher, TEXT, new StoredLogits.Top(7), folder.resolve("more.safetensors"));
      assertThat(Living.now()).isEqualTo(before);
    }
  }

  /** {@code model} untrained, with {@code vocabulary} logits. */
  private static Llm padded(Llm model, int vocabulary) {
    JsonObject config = model.spec().config();
    config.addProperty("vocab_size", vocabulary);
    return model.untrained(Spec.of(config), 1);
  }

  @Test
  void paddingIsCutAway() {
    try (Llm model = Llm.load("java-8m"); Llm wide = padded(model, 4224); Llm short_ = padded(model, 4000); Scope scope = new Scope()) {
      long[][] ids = {{5, 6, 7, 8}};
      NDArray cut = new OpenTeacher(wide).logits(ids, 4096);
      assertThat(cut).isEqualTo(wide.forward(wide.ids(new long[][] {{5, 6, 7}})).get("..., :4096"));
      new LogitKd(wide, 1).check(model);
      assertThatThrownBy(() -> new LogitKd(model, 1).check(wide)).hasMessageContainingAll("4096", "4224", "padding");
      assertThatThrownBy(() -> new LogitKd(model, 1).check(short_)).hasMessageContainingAll("4096", "4000");
    }
  }

  /** {@code tokenizer} with the ids of two tokens swapped. */
  private static JsonObject swapped(JsonObject tokenizer) {
    JsonObject vocabulary = tokenizer.getAsJsonObject("model").getAsJsonObject("vocab");
    JsonElement first = vocabulary.get("Ġpublic");
    vocabulary.add("Ġpublic", vocabulary.get("Ġprivate"));
    vocabulary.add("Ġprivate", first);
    return tokenizer;
  }

  @Test
  void anotherTokenizerIsRefused() throws IOException {
    try (Llm model = Llm.load("java-8m"); Llm small = new Student(0.1).apply(model, TEXT)) {
      HuggingFace.save(small, folder);
      Path tokenizer = folder.resolve("tokenizer.json");
      Files.writeString(tokenizer, Files.readString(tokenizer) + "\n");
      try (Llm alike = Llm.load(folder.toString())) {
        assertThat(alike.tokenizer().hash()).isNotEqualTo(model.tokenizer().hash());
        new LogitKd(model, 1).check(alike);
      }
      Json.write(tokenizer, swapped(Json.read(tokenizer)));
      try (Llm other = Llm.load(folder.toString())) {
        assertThatThrownBy(() -> new LogitKd(model, 1).check(other))
            .hasMessageContainingAll(model.tokenizer().hash(), other.tokenizer().hash(), "4096 tokens");
      }
    }
  }

  @Test
  void whatHasNoRoomIsRefusedBeforeItBegins() {
    try (Llm student = new Student(0.5).apply(teacher, TEXT)) {
      LogitKd method = new LogitKd(teacher, 1).batch(50_000_000);
      assertThatThrownBy(() -> method.apply(student, TEXT)).hasMessageContainingAll("logit KD", "of random student", "needs about", "are free");
      assertThat(method.cost(student, TEXT).bytes()).isGreaterThan(method.trainer(student, TEXT).demand(student, method.adapter()).bytes());
    }
  }

  @Test
  void refusesWhatCannotBe() {
    try (Llm few = Llm.random(Pupil.config(16, 1, 20), 1)) {
      assertThatThrownBy(() -> new LogitKd(teacher, 1).check(few)).hasMessageContainingAll("24 tokens", "20");
      assertThatThrownBy(() -> new LogitKd(few, 1).check(teacher)).hasMessageContainingAll("20 tokens", "24");
    }
    assertThatThrownBy(() -> new LogitKd(teacher, 1).temperature(0)).hasMessageContaining("temperature is 0");
    assertThatThrownBy(() -> new LogitKd(teacher, 1).share(1.5)).hasMessageContaining("share of the teacher is 1.5");
    assertThat(new LogitKd(teacher, 5).divergence((student, labels, temperature) -> new ForwardKl().of(student, labels, 1)))
        .hasToString("logit KD own divergence from random 5 steps");
    assertThat(new LogitKd(teacher, 200)).hasToString("logit KD forward KL from random 200 steps");
    assertThat(new LogitKd(teacher, 200).divergence(new JensenShannon(0.5)).temperature(2).share(1)).hasToString("logit KD JS(0.5) τ=2.0 a=1.0 from random 200 steps");
  }
}
