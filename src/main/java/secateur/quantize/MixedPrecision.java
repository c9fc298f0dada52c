package secateur.quantize;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import secateur.measure.Perplexity;
import secateur.measure.Sensitivity;
import secateur.method.Budget;
import secateur.method.Cost;
import secateur.method.LayerByLayer;
import secateur.method.Method;
import secateur.model.Llm;
import secateur.tensor.Progress;
import secateur.text.Windows;

/**
 * Bits for each layer by its sensitivity: the family quantizes the model at every width, what each layer alone does to the
 * model's output is measured ({@link Sensitivity#ofLayersByDivergence}), and of all choices under the budget the one with the smallest
 * sum is taken. That layers add up is an assumption, as in HAWQ-V3 (Yao et al., arXiv 2011.10680), which estimates them from second
 * derivatives. See {@link Quantize}.
 *
 * @param target what limits the bits
 * @param family quantizers by bits
 * @param among the bits to choose from, ascending
 * @param measured windows of the calibration text, on which rises are measured
 */
public record MixedPrecision(Target target, IntFunction<? extends LayerByLayer> family, List<Integer> among, int measured) implements Method {

  private static final List<Integer> WIDTHS = List.of(2, 3, 4, 5, 6, 8);
  private static final int WINDOWS = 16;

  /** What limits the bits. */
  public sealed interface Target permits Within, AtMost {

    /** What must not be exceeded. */
    Budget budget();

    /** Whether more bits take more of it. */
    boolean growsWithBits();
  }

  /** At most a budget that grows with the bits. */
  public record Within(Budget budget) implements Target {

    @Override
    public boolean growsWithBits() {
      return true;
    }

    @Override
    public String toString() {
      return budget.toString();
    }
  }

  /** A perplexity on the calibration text, which falls as bits grow. */
  public record AtMost(double perplexity) implements Target {

    /** Refuses what no model reaches. */
    public AtMost {
      if (!(perplexity > 1)) {
        throw new IllegalArgumentException("the perplexity is to be at most " + perplexity + ", it must lie above 1");
      }
    }

    @Override
    public Budget budget() {
      return new Budget(perplexity, "perplexity", (model, text) -> Perplexity.of(model, text).value());
    }

    @Override
    public boolean growsWithBits() {
      return false;
    }

    @Override
    public String toString() {
      return "perplexity " + perplexity;
    }
  }

  public MixedPrecision {
    among = among.stream().distinct().sorted().toList();
    if (among.isEmpty()) {
      throw new IllegalArgumentException("there are no widths to choose from; name some bits from 2 to 8, for example widths(2, 3, 4)");
    }
    if (measured < 1) {
      throw new IllegalArgumentException("rises measured on " + measured + " windows, at least 1 is needed");
    }
    among.forEach(family::apply);
  }

  /** 2, 3, 4, 5, 6 and 8 bits, rises measured on the first 16 windows. */
  public MixedPrecision(Target target, IntFunction<? extends LayerByLayer> family) {
    this(target, family, WIDTHS, WINDOWS);
  }

  /** Only these {@code bits}. */
  public MixedPrecision widths(int... bits) {
    return new MixedPrecision(target, family, Arrays.stream(bits).boxed().toList(), measured);
  }

  /** Rises measured on the first {@code count} windows. */
  public MixedPrecision windows(int count) {
    return new MixedPrecision(target, family, among, count);
  }

  /** What each layer of {@code model} alone adds, by width: divergence in nats per token. */
  public Map<Integer, Sensitivity> rises(Llm model, Windows text) {
    try (Parts parts = Parts.of(this, model, text)) {
      return parts.rises();
    }
  }

  LayerByLayer at(int bits) {
    return family.apply(bits);
  }

  @Override
  public void check(Llm model) {
    among.forEach(bits -> at(bits).check(model));
  }

  /** The models of all widths stay until the bits are chosen. */
  @Override
  public Cost cost(Llm model, Windows text) {
    Cost once = at(among.get(0)).cost(model, text);
    int all = text.ids(model.tokenizerOrNull()).length;
    Cost forward = Cost.forward(model, text);
    double passes = 0.5 * model.layers().size() * Math.min(measured, all) / all;
    Cost width = once.then(new Cost(forward.bytes(), forward.flops() * passes));
    return among.stream().map(bits -> width).reduce(once, Cost::then).with(Parts.kept(model, among));
  }

  /** @throws IllegalArgumentException if the target cannot be met, with the least that was reached */
  @Override
  public Llm apply(Llm model, Windows text) {
    try (Progress progress = Progress.of(toString(), 2); Parts parts = Parts.of(this, model, text)) {
      progress.step();
      return new Allocation(this, parts, text).apply(progress);
    }
  }

  @Override
  public String toString() {
    String name = at(among.get(0)).toString().replace(" " + among.get(0) + "-bit", "");
    return target + " by mixed " + name + (among.equals(WIDTHS) ? "" : " " + among) + (measured == WINDOWS ? "" : " (" + measured + " windows)");
  }
}
