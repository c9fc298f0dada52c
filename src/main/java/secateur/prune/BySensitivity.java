package secateur.prune;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.IntStream;
import secateur.measure.Sensitivity;
import secateur.method.ByBlock;
import secateur.method.ByShare;
import secateur.method.Cost;
import secateur.method.LayerByLayer;
import secateur.method.LeastRise;
import secateur.method.Method;
import secateur.model.Llm;
import secateur.tensor.Progress;
import secateur.text.Windows;

/**
 * Gives each block the share at which the loss rises least in sum: the family prunes the model at every share of a grid, the
 * rise of each block alone is measured on the first 16 windows of the calibration text, and of all choices that remove the
 * wanted share of the weights the one with the smallest sum is taken. That rises add up is an assumption.
 *
 * @param share of all layers' weights
 * @param family what prunes
 * @param spacing of the grid around {@code share}
 * @param reach how many shares there are on either side, less where they would leave 0 to 1
 */
public record BySensitivity(double share, ByShare<? extends LayerByLayer> family, double spacing, int reach) implements Method {

  private static final ByShare<LayerByLayer> WANDA = Wanda::new;
  private static final double SPACING = 0.05;
  private static final int REACH = 3;
  private static final int WINDOWS = 16;

  public BySensitivity {
    Shares.check(share);
    if (!(spacing > 0 && spacing <= 1)) {
      throw new IllegalArgumentException("spacing is " + spacing + ", it must lie above 0 and not above 1");
    }
    if (reach < 1) {
      throw new IllegalArgumentException("reach is " + reach + ", at least 1 is needed");
    }
  }

  /** {@link Wanda} with {@code share} of all weights, within 15 % of it in steps of 5 %. */
  public BySensitivity(double share) {
    this(share, WANDA);
  }

  /** {@code family}, such as {@code SparseGpt::new}, with {@code share} of all weights, within 15 % of it in steps of 5 %. */
  public BySensitivity(double share, ByShare<? extends LayerByLayer> family) {
    this(share, family, SPACING, REACH);
  }

  /** {@code eachWay} shares below and above the mean, {@code step} apart. */
  public BySensitivity grid(double step, int eachWay) {
    return new BySensitivity(share, family, step, eachWay);
  }

  /** The share that each block of {@code model} loses. */
  public double[] shares(Llm model, Windows text) {
    int[] steps = steps();
    double[][] rises = rises(model, text, steps);
    long[][] gone = Arrays.stream(Shares.weights(model)).mapToObj(n -> Arrays.stream(steps).mapToLong(step -> n * step).toArray())
        .toArray(long[][]::new);
    return Arrays.stream(LeastRise.choose(rises, gone)).mapToDouble(choice -> at(steps[choice])).toArray();
  }

  /** The grid, in steps from {@code share}. */
  private int[] steps() {
    return IntStream.rangeClosed(-reach, reach).filter(step -> at(step) >= 0 && at(step) <= 1).toArray();
  }

  private double at(int step) {
    return share + step * spacing;
  }

  /** Nats per token: (blocks, steps). */
  private double[][] rises(Llm model, Windows text, int[] steps) {
    long[][] ids = text.ids(model.tokenizerOrNull());
    Windows some = Windows.of(Arrays.copyOf(ids, Math.min(WINDOWS, ids.length)));
    double[][] rises = new double[model.blocks().size()][steps.length];
    try (Progress progress = Progress.of("sensitivity of blocks", 2 * steps.length)) {
      for (int i = 0; i < steps.length; i++) {
        try (Llm made = family.of(at(steps[i])).apply(model, text)) {
          progress.step();
          var rise = Sensitivity.ofBlocks(model, made, some).rise().values().iterator();
          for (double[] block : rises) {
            block[i] = rise.next();
          }
          progress.step(String.format(Locale.ROOT, "at %.1f%% a block adds %.4f nats", 100 * at(steps[i]), mean(rises, i)));
        }
      }
    }
    return rises;
  }

  private static double mean(double[][] rises, int step) {
    return Arrays.stream(rises).mapToDouble(block -> block[step]).average().orElseThrow();
  }

  @Override
  public void check(Llm model) {
    family.of(share).check(model);
  }

  @Override
  public Cost cost(Llm model, Windows text) {
    Cost once = family.of(share).cost(model, text);
    Cost measured = Cost.weights(model).with(Cost.passes(model, text, 1, WINDOWS));
    return Arrays.stream(steps()).mapToObj(step -> once.then(measured)).reduce(once, Cost::then);
  }

  @Override
  public Llm apply(Llm model, Windows text) {
    try (Progress progress = Progress.of(toString(), 2)) {
      double[] shares = shares(model, text);
      progress.step(Shares.text(shares));
      Llm made = ByBlock.of(toString(), family, shares).apply(model, text);
      progress.done();
      return made;
    }
  }

  @Override
  public String toString() {
    return "Sensitivity " + family.of(share) + (spacing == SPACING && reach == REACH ? "" : " ±" + reach + " × " + spacing);
  }
}
