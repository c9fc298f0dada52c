package secateur.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import secateur.Golden;
import secateur.Living;
import secateur.calibrate.InputNorm;
import secateur.measure.Histogram;
import secateur.measure.LayerErrors;
import secateur.measure.Perplexity;
import secateur.measure.Size;
import secateur.method.Budget;
import secateur.method.Method;
import secateur.method.PerLayer;
import secateur.method.Sparsity;
import secateur.method.ToBudget;
import secateur.model.Generator;
import secateur.model.Linear;
import secateur.model.Llm;
import secateur.model.Sampler;
import secateur.prune.BySensitivity;
import secateur.prune.Magnitude;
import secateur.prune.Owl;
import secateur.prune.PruneHeads;
import secateur.prune.PruneNeurons;
import secateur.prune.SparseGpt;
import secateur.prune.StoreSparse;
import secateur.prune.Wanda;
import secateur.quantize.Gptq;
import secateur.quantize.Quantize;
import secateur.quantize.Rtn;
import secateur.tensor.Progress;
import secateur.text.Windows;

/** No array is left over, whatever happens. */
class LeftoverTest {

  private static final String MODEL = "qwen2"; // with biases
  private final Windows text = Golden.windows(MODEL);

  static List<Method> methods() {
    return List.of(new Magnitude(0.5), new Magnitude(2, 4), new Magnitude(Sparsity.global(0.5)), new Wanda(0.5), new Wanda(2, 4),
        new SparseGpt(0.5), new SparseGpt(2, 4), new SparseGpt(0.5).bits(4), new Rtn(4), new Rtn(3).symmetric(), new Gptq(4),
        new Gptq(4).group(4), new Gptq(3).group(4).actOrder(), new Gptq(4).group(4).actOrder().staticGroups(),
        new Wanda(0.5).then(new Gptq(4)), new Gptq(4).then(new Wanda(0.5)),
        new Wanda(0.5).then(new StoreSparse()), new SparseGpt(2, 4).then(new StoreSparse()).then(new Magnitude(0.6)),
        new Owl(0.5), new Owl(0.5, Magnitude::new), new BySensitivity(0.5).grid(0.1, 1),
        new ToBudget(Budget.mebibytes(0.2), PruneNeurons::new, PruneHeads::new, share -> new Wanda(share).then(new Rtn(4))),
        Quantize.toBudget(Budget.bitsPerWeight(5), Gptq::new).widths(2, 4),
        Quantize.toPerplexity(1e9, Rtn::new).widths(2, 4));
  }

  @AfterEach
  void reset() {
    Progress.listener(state -> {});
    Progress.reset();
  }

  /** Runs {@code work} once so that what loads only once is loaded, then again with a count before and after. */
  private static void leavesNothing(Runnable work) {
    work.run();
    Living before = Living.settled();
    work.run();
    assertThat(Living.now()).isEqualTo(before);
  }

  @Test
  void loading() {
    leavesNothing(() -> Golden.models().forEach(name -> Golden.model(name).close()));
  }

  @ParameterizedTest
  @MethodSource("methods")
  void aCompressedModelHoldsItsLayersAndNothingElse(Method method) {
    try (Llm model = Golden.model(MODEL)) {
      method.apply(model, text).close();
      Living before = Living.settled();
      assertThat(arraysMade(method, model, before)).isZero();
      assertThat(Living.now()).isEqualTo(before);
    }
  }

  /** How many more arrays live beside a compressed model than its layers have. */
  private long arraysMade(Method method, Llm model, Living before) {
    try (Llm made = method.apply(model, text)) {
      Set<NDArray> fresh = arrays(made);
      fresh.removeAll(arrays(model));
      return Living.now().arrays() - before.arrays() - fresh.size();
    }
  }

  private static Set<NDArray> arrays(Llm model) {
    Set<NDArray> arrays = Collections.newSetFromMap(new IdentityHashMap<>());
    model.layers().values().forEach(layer -> arrays.addAll(layer.arrays()));
    return arrays;
  }

  @Test
  void running() {
    try (Llm model = Golden.model(MODEL); Llm packed = new Gptq(3).apply(model, text)) {
      for (Llm each : List.of(model, packed)) {
        leavesNothing(() -> {
          each.logits(new long[] {1, 2, 3});
          new Generator(each, Sampler.GREEDY).extend(new long[] {1, 2, 3}, 5);
          Perplexity.of(each, text);
          LayerErrors.of(model, each, text);
        });
      }
    }
  }

  @Test
  void theLab() {
    try (Llm model = Golden.model(MODEL)) {
      leavesNothing(() -> {
        try (Lab lab = new Lab(model, text, text)) {
          lab.compare(new Wanda(0.5), new Rtn(4)).table();
          lab.step(new SparseGpt(0.5)).step(new Gptq(4)).undo().step(new Rtn(4)).table();
          lab.weightsChart("0.q");
        }
      });
    }
  }

  /** Typed at a prompt, with a fault in block 1. */
  record Failing(int after) implements PerLayer<InputNorm> {
    private static int seen;

    Failing {
      seen = 0;
    }

    @Override
    public InputNorm observe(Linear layer) {
      return new InputNorm();
    }

    @Override
    public Linear compress(Linear layer, InputNorm x) {
      if (seen++ >= after) {
        throw new ArithmeticException("expected");
      }
      return layer.withWeight(layer.weight().mul(x.norm()));
    }
  }

  @Test
  void aMethodThatFails() {
    try (Llm model = Golden.model(MODEL)) {
      leavesNothing(() -> assertThatThrownBy(() -> new Failing(10).apply(model, text)).hasMessage("layer 1.o: expected"));
      model.logits(new long[] {1});
    }
  }

  @Test
  void aSecondStepThatFails() {
    try (Llm model = Golden.model(MODEL)) {
      leavesNothing(() -> assertThatThrownBy(() -> new Rtn(4).then(new Failing(9)).apply(model, text)).hasMessageContaining("expected"));
      model.logits(new long[] {1});
    }
  }

  @Test
  void aCancelInTheMidst() {
    try (Llm model = Golden.model(MODEL)) {
      leavesNothing(() -> {
        Progress.listener(state -> Progress.cancel());
        assertThatThrownBy(() -> new SparseGpt(0.5).apply(model, text)).isInstanceOf(CancellationException.class);
        Progress.listener(state -> {});
        Progress.reset();
      });
      model.logits(new long[] {1});
    }
  }

  @Test
  void aStepOfTheLabThatFailsOrIsCancelled() {
    try (Llm model = Golden.model(MODEL); Lab lab = new Lab(model, text, text)) {
      leavesNothing(() -> {
        assertThatThrownBy(() -> lab.step(new Failing(9))).hasMessageContaining("expected");
        assertThatThrownBy(() -> lab.compare(new Rtn(4), new Failing(9))).hasMessageContaining("expected");
        assertThatThrownBy(() -> lab.step(LeftoverTest::cancelledAtTheEnd)).isInstanceOf(CancellationException.class);
        Progress.reset();
      });
    }
  }

  private static Llm cancelledAtTheEnd(Llm model, Windows text) {
    Llm made = new Rtn(4).apply(model, text);
    Progress.cancel();
    return made;
  }

  @Test
  void layersThatAreLookedAt() {
    try (Llm model = Golden.model(MODEL)) {
      leavesNothing(() -> Size.of(model));
      leavesNothing(() -> Histogram.of(model.layer("0.q"), 11, Histogram.reach(model.layer("0.q"))));
    }
  }
}
