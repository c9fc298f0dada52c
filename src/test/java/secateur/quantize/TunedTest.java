package secateur.quantize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import secateur.Golden;
import secateur.measure.Perplexity;
import secateur.method.Method;
import secateur.method.Tuned;
import secateur.model.Adapted;
import secateur.model.Codebook;
import secateur.model.Llm;
import secateur.model.Quantized;
import secateur.prune.Magnitude;
import secateur.tensor.Scope;
import secateur.text.Windows;
import secateur.train.Adapters;
import secateur.train.Lora;
import secateur.train.Moments;

/** QAT, PEQA and QLoRA on a golden model. */
class TunedTest {

  private static final Windows TEXT = Golden.windows("llama");

  @TempDir
  Path folder;

  private static List<Tuned<?>> all(int bits, int steps) {
    return List.of(new Qat(bits, steps).batch(2).rate(3e-3), new Peqa(bits, steps).batch(2).rate(3e-3),
        new QLora(new Rtn(bits), steps).lora(new Lora(4).dropout(0)).batch(2).rate(3e-3));
  }

  @Test
  void lowersTheLossOfRoundingToNearest() {
    for (int bits : new int[] {2, 3}) {
      try (Llm model = Golden.model("llama"); Llm rounded = new Rtn(bits).apply(model, TEXT)) {
        double before = Perplexity.of(rounded, TEXT).value();
        for (Method method : all(bits, 30)) {
          try (Llm made = method.apply(model, TEXT)) {
            assertThat(Perplexity.of(made, TEXT).value()).as("%s", method).isLessThan(before);
            assertThat(made.layers().values()).hasOnlyElementsOfType(method instanceof QLora ? Adapted.class : Quantized.class);
          }
        }
      }
    }
  }

  @Test
  void lowersTheLossOfNf4BesideItsCodes() {
    try (Llm model = Golden.model("llama"); Llm base = new Nf4().apply(model, TEXT)) {
      double before = Perplexity.of(base, TEXT).value();
      for (Llm start : List.of(model, base)) {
        try (Llm made = new QLora(30).lora(new Lora(4).dropout(0)).batch(2).rate(3e-3).apply(start, TEXT)) {
          assertThat(Perplexity.of(made, TEXT).value()).isLessThan(before);
          made.layers().forEach((name, layer) -> {
            assertThat(((Adapted) layer).base()).as(name).isInstanceOf(Codebook.class);
            try (Scope scope = new Scope()) {
              assertThat(((Adapted) layer).base().weight()).as(name).isEqualTo(base.layer(name).weight());
            }
          });
          assertThatThrownBy(() -> Adapters.merge(made)).hasMessageContainingAll("NF4 double", "rounds again");
        }
      }
    }
  }

  @Test
  void goesOnFromItsCheckpoint() {
    List<Tuned<?>> methods = all(3, 60);
    for (int i = 0; i < methods.size(); i++) {
      Method method = (Method) methods.get(i).checkpoint(folder.resolve(i + ".safetensors"));
      try (Llm model = Golden.model("llama"); Llm once = method.apply(model, TEXT); Llm again = method.apply(model, TEXT)) {
        assertThat(folder.resolve(i + ".safetensors")).exists();
        assertThat(again.logits(new long[] {3, 1, 4})).as("%s", method).isDeepEqualTo(once.logits(new long[] {3, 1, 4}));
      }
    }
  }

  @Test
  void tasksAreSwappedByTheirScales() {
    Path file = folder.resolve("task.safetensors");
    try (Llm model = Golden.model("llama"); Llm base = new Rtn(3).apply(model, TEXT);
        Llm task = new Peqa(3, 5).batch(2).rate(1e-3).apply(base, TEXT)) {
      Scales.save(task, file);
      assertThat(task.layer("0.q").arrays().get(0)).isSameAs(base.layer("0.q").arrays().get(0));
      try (Llm swapped = Scales.load(base, file)) {
        assertThat(swapped.logits(new long[] {3, 1, 4})).isDeepEqualTo(task.logits(new long[] {3, 1, 4}));
      }
      assertThatThrownBy(() -> Scales.save(model, file)).hasMessageContaining("no layer");
      assertThatThrownBy(() -> Scales.load(model, file)).hasMessageContainingAll("0.q", "not quantized");
      try (Llm grouped = new Rtn(3).group(4).apply(model, TEXT)) {
        assertThatThrownBy(() -> Scales.load(grouped, file)).hasMessageContainingAll("0.q", "needed are");
      }
    }
  }

  @Test
  void qatKeepsWhatWasRemoved() {
    try (Llm model = Golden.model("llama"); Llm pruned = new Magnitude(0.5).apply(model, TEXT);
        Llm made = new Qat(4, 5).batch(2).rate(1e-3).apply(pruned, TEXT); Scope scope = new Scope()) {
      pruned.layers().forEach((name, layer) ->
          assertThat(made.layer(name).weight().mul(layer.weight().eq(0)).abs().max().getFloat()).as(name).isZero());
    }
  }

  @Test
  void refusesWhatCannotBe() {
    assertThatThrownBy(() -> new Qat(3, 0)).hasMessageContaining("0 steps");
    assertThatThrownBy(() -> new Peqa(9, 1)).hasMessageContaining("bits is 9");
    assertThatThrownBy(() -> new QLora(1).batch(0)).hasMessageContaining("batches of 0");
    try (Llm model = Golden.model("llama"); Llm rounded = new Rtn(4).apply(model, TEXT);
        Llm adapted = new QLora(new Rtn(4), 1).batch(2).apply(model, TEXT)) {
      assertThatThrownBy(() -> new Qat(3, 1).group(7).check(model)).hasMessageContaining("groups of 7");
      assertThatThrownBy(() -> new Peqa(3, 1).group(7).check(model)).hasMessageContaining("groups of 7");
      assertThatThrownBy(() -> new Qat(3, 1).check(rounded)).hasMessageContaining("only a Dense or Sparse layer");
      assertThatThrownBy(() -> Adapters.merge(adapted)).hasMessageContaining("rounds again");
      new Peqa(3, 1).check(rounded);
    }
    assertThat(new QLora(1).tuning().recipe().optimizer().moments()).isEqualTo(Moments.PAGED);
    assertThat(new Peqa(3, 1).paged().tuning().recipe().optimizer().moments()).isEqualTo(Moments.PAGED);
    assertThat(new Qat(2, 300).group(64)).hasToString("QAT 2-bit g64 300 steps");
    assertThat(new Peqa(3, 300)).hasToString("PEQA 3-bit 300 steps");
    assertThat(new QLora(300)).hasToString("QLoRA r64 on NF4 double 300 steps");
  }
}
