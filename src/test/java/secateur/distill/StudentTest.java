package secateur.distill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import secateur.Golden;
import secateur.export.HuggingFace;
import secateur.measure.Size;
import secateur.model.Llm;
import secateur.spec.Spec;
import secateur.text.Windows;

/** Smaller models of the same kind. */
class StudentTest {

  private static final Windows NONE = Windows.of(new long[][] {{0, 0}});

  @TempDir
  Path folder;

  static List<String> models() {
    return Golden.models();
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.25, 0.5, 0.75})
  void hasItsShareOfTheParameters(double share) {
    try (Llm model = Llm.load("java-8m")) {
      for (Student method : List.of(new Student(share), new Student(share).narrower(), new Student(share).shallower())) {
        try (Llm made = method.apply(model, NONE)) {
          double got = (double) Size.of(made).parameters() / Size.of(model).parameters();
          assertThat(got).as("%s %s", method, made).isBetween(0.8 * share, 1.2 * share);
          assertThat(made.spec().heads().size()).isEqualTo(model.spec().heads().size());
          assertThat(made.tokenizer()).isSameAs(model.tokenizer());
          assertThat(made.head().rows()).isEqualTo(model.head().rows());
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void everyArchitectureHasSmallerOnes(String name) {
    try (Llm model = Golden.model(name)) {
      Spec spec = model.spec().scaled(1, Math.max(1, model.spec().scalable() / 2));
      try (Llm made = model.untrained(spec, 1)) {
        assertThat(made.blocks()).hasSize(1);
        assertThat(made.blocks().get(0).heads().size()).isEqualTo(model.spec().heads().size());
        assertThat(made.blocks().get(0).heads().group()).isEqualTo(model.spec().heads().keyValues() == 1 ? spec.heads().queries() : model.spec().heads().group());
        long matrices = made.layers().values().stream().mapToLong(layer -> layer.size()).sum();
        long tables = Student.parameters(spec) - matrices;
        assertThat(tables).isEqualTo((spec.tied() ? 1L : 2L) * spec.sizes().vocabulary() * spec.sizes().embedding());
        assertThat(made.logits(new long[] {3, 1, 4})).hasDimensions(3, (int) model.head().rows());
      }
    }
  }

  @Test
  void isSavedAndLoadedWithItsTokenizer() {
    try (Llm model = Llm.load("java-8m"); Llm made = new Student(0.25).apply(model, NONE)) {
      HuggingFace.save(made, folder);
      try (Llm loaded = Llm.load(folder.toString())) {
        assertThat(loaded.tokenizer().hash()).isEqualTo(model.tokenizer().hash());
        assertThat(loaded.spec().config().has("secateur")).isFalse();
        assertThat(loaded.layers().keySet()).isEqualTo(made.layers().keySet());
      }
    }
  }

  @Test
  void theSameSeedDrawsTheSame() {
    try (Llm model = Golden.model("llama"); Llm once = new Student(0.5).apply(model, NONE); Llm again = new Student(0.5).apply(model, NONE);
        Llm other = new Student(0.5).seed(1).apply(model, NONE)) {
      assertThat(again.logits(new long[] {3})).isDeepEqualTo(once.logits(new long[] {3}));
      assertThat(other.logits(new long[] {3})[0]).isNotEqualTo(once.logits(new long[] {3})[0]);
    }
  }

  @Test
  void refusesWhatCannotBe() {
    assertThatThrownBy(() -> new Student(1)).hasMessageContaining("share of the parameters is 1.0");
    assertThatThrownBy(() -> new Student(0)).hasMessageContaining("0.0");
    try (Llm model = Golden.model("llama")) {
      assertThatThrownBy(() -> new Student(0.001).check(model)).hasMessageContaining("near 0.001");
    }
    assertThat(new Student(0.5)).hasToString("student 50%");
    assertThat(new Student(0.25).narrower().seed(2)).hasToString("student 25% narrower seed 2");
  }
}
