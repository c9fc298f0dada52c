package secateur.method;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import secateur.Golden;
import secateur.measure.Flops;
import secateur.measure.Perplexity;
import secateur.measure.Size;
import secateur.model.Llm;
import secateur.prune.DropLayers;
import secateur.prune.LlmPruner;
import secateur.prune.Magnitude;
import secateur.prune.PruneHeads;
import secateur.prune.PruneNeurons;
import secateur.prune.Wanda;
import secateur.quantize.Rtn;
import secateur.tensor.Progress;
import secateur.text.Windows;

class ToBudgetTest {

  private final Windows text = Golden.windows("llama");

  /** Counts how often a method is applied. */
  private record Counted(Method method, List<Double> shares) implements Method {
    static ByShare<Method> family(ByShare<?> family, List<Double> shares) {
      return share -> new Counted(family.of(share), shares).at(share);
    }

    private Counted at(double share) {
      shares.add(share);
      return this;
    }

    @Override
    public void check(Llm model) {
      method.check(model);
    }

    @Override
    public Llm apply(Llm model, Windows text) {
      return method.apply(model, text);
    }

    @Override
    public String toString() {
      return method.toString();
    }
  }

  @AfterEach
  void silence() {
    Progress.listener(state -> {});
  }

  private static double loss(Llm model, Windows text) {
    return Math.log(Perplexity.of(model, text).value());
  }

  static Stream<Budget> budgets() {
    try (Llm model = Golden.model("llama")) {
      Size size = Size.of(model);
      double flops = Flops.of(model, size, Golden.windows("llama").length()).executed();
      return Stream.of(Budget.mebibytes(0.8 * size.disk() / (1 << 20)), Budget.parameters(0.8 * size.parameters()),
          Budget.megaflops(0.8 * flops / 1e6));
    }
  }

  @ParameterizedTest
  @MethodSource("budgets")
  void theSmallestShareThatMeetsIt(Budget budget) {
    try (Llm model = Golden.model("llama"); Llm made = new ToBudget(budget, PruneNeurons::new).apply(model, text)) {
      assertThat(budget.of(model, text)).isGreaterThan(budget.most());
      assertThat(budget.of(made, text)).isLessThanOrEqualTo(budget.most());
      for (int i = 1; i < 64; i++) {
        try (Llm at = new PruneNeurons(i / 64.0).apply(model, text)) {
          if (budget.of(at, text) <= budget.most()) {
            assertThat(budget.of(made, text)).isEqualTo(budget.of(at, text));
            return;
          }
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"llama", "gpt2", "bloom", "falcon"})
  void theBestOfSeveralFamilies(String name) {
    Windows text = Golden.windows(name);
    List<ByShare<?>> families = List.of(PruneNeurons::new, share -> new PruneHeads(share).then(new PruneNeurons(share)), LlmPruner::new);
    try (Llm model = Golden.model(name)) {
      Budget budget = Budget.parameters(0.85 * Size.of(model).parameters());
      double least = Double.POSITIVE_INFINITY;
      for (ByShare<?> family : families) {
        try (Llm made = new ToBudget(budget, family).apply(model, text)) {
          least = Math.min(least, loss(made, text));
        }
      }
      try (Llm best = new ToBudget(budget, families).apply(model, text)) {
        assertThat(Size.of(best).parameters()).isLessThanOrEqualTo((long) budget.most());
        assertThat(loss(best, text)).isCloseTo(least, within(1e-6));
      }
    }
  }

  @Test
  void sixApplicationsForAFamily() {
    List<Double> shares = new ArrayList<>();
    try (Llm model = Golden.model("llama")) {
      Budget budget = Budget.parameters(0.8 * Size.of(model).parameters());
      new ToBudget(budget, Counted.family(PruneNeurons::new, shares)).apply(model, text).close();
      assertThat(shares.stream().filter(share -> share != 0.5).toList()).hasSize(5).doesNotHaveDuplicates();
    }
  }

  @Test
  void aModelThatMeetsItStaysAsItIs() {
    try (Llm model = Golden.model("llama"); Llm same = new ToBudget(Budget.mebibytes(100), PruneNeurons::new).apply(model, text)) {
      assertThat(same.layer("0.q")).isSameAs(model.layer("0.q"));
    }
  }

  @Test
  void whatCannotBeMetSaysWhatWasReached() {
    try (Llm model = Golden.model("llama")) {
      assertThatThrownBy(() -> new ToBudget(Budget.parameters(100), PruneNeurons::new, DropLayers::new).apply(model, text))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContainingAll("100 parameters cannot be met", "neurons 98.44%", "drop layers", "one must stay");
    }
  }

  @Test
  void aFamilyThatMeetsItIsEnough() {
    try (Llm model = Golden.model("llama"); Llm heads = new PruneHeads(0.99).apply(model, text)) {
      Budget budget = Budget.parameters(Size.of(heads).parameters() - 1);
      try (Llm made = new ToBudget(budget, PruneHeads::new, PruneNeurons::new).apply(model, text)) {
        assertThat(Size.of(made).parameters()).isLessThanOrEqualTo((long) budget.most());
      }
    }
  }

  @Test
  void bitsAreAFamilyToo() {
    ByShare<Rtn> bits = share -> new Rtn(8 - (int) Math.round(6 * share));
    try (Llm model = Golden.model("llama"); Llm five = new Rtn(5).apply(model, text)) {
      Budget budget = Budget.mebibytes(Size.of(five).disk() / (double) (1 << 20));
      try (Llm made = new ToBudget(budget, bits).apply(model, text)) {
        assertThat(Size.of(made).disk()).isEqualTo(Size.of(five).disk());
      }
    }
  }

  @Test
  void millisecondsAreMeasured() {
    try (Llm model = Golden.model("llama")) {
      assertThat(Budget.milliseconds(1).of(model, text)).isBetween(0.01, 1000.0);
      assertThatThrownBy(() -> new ToBudget(Budget.milliseconds(1e-6), PruneNeurons::new).apply(model, text))
          .hasMessageContainingAll("ms a token cannot be met", "neurons");
    }
  }

  @Test
  void progressSaysShareAndLossOfEachCandidate() {
    List<String> figures = new ArrayList<>();
    Progress.listener(state -> figures.add(state.figure()));
    try (Llm model = Golden.model("llama")) {
      Budget budget = Budget.parameters(0.9 * Size.of(model).parameters());
      new ToBudget(budget, PruneNeurons::new, share -> new PruneHeads(share).then(new PruneNeurons(share))).apply(model, text).close();
    }
    assertThat(figures.get(figures.size() - 1)).matches("neurons [\\d.]+% .*: [\\d.]+ parameters, loss [\\d.]+; heads .* \\+ neurons .*loss [\\d.]+");
  }

  @Test
  void labels() {
    assertThat(new ToBudget(Budget.mebibytes(10), Wanda::new, share -> new Magnitude(share).then(new Rtn(4))))
        .hasToString("10 MiB on disk by Wanda or Magnitude + RTN 4-bit");
    assertThat(Budget.parameters(4e6)).hasToString("4000000 parameters").isEqualTo(Budget.parameters(4e6));
    assertThat(Budget.megaflops(8.25)).hasToString("8.25 MFLOPs a token");
    assertThat(Budget.milliseconds(3)).hasToString("3 ms a token");
  }

  @Test
  void whatCannotBeMeantIsRefused() {
    assertThatThrownBy(() -> Budget.mebibytes(0)).hasMessageContainingAll("0.0 MiB", "above 0");
    assertThatThrownBy(() -> new ToBudget(Budget.mebibytes(1))).hasMessageContaining("at least one");
  }
}
