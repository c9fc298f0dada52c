package secateur.quantize;

import secateur.method.ByTraining;
import secateur.method.Grid;
import secateur.method.Tuned;
import secateur.method.Tuning;
import secateur.model.Llm;
import secateur.text.Windows;
import secateur.train.Adapter;
import secateur.train.Trainer;

/**
 * Training with fake quantization (Jacob et al., arXiv 1712.05877): all weights are trained, rounded to the grid of their
 * smallest and largest in each forward pass, with straight-through gradients. From a trained model; the loss is next-token
 * cross-entropy. Activations are not rounded.
 *
 * @param grid bits, groups and symmetry
 * @param tuning how it trains
 */
public record Qat(Grid grid, Tuning tuning) implements Tuned<Qat>, ByTraining<long[][]> {

  private static final double RATE = 2e-5; // LLM-QAT's, arXiv 2305.17888

  /** {@code bits} bits, one grid for each row, {@code steps} of 8 windows. */
  public Qat(int bits, int steps) {
    this(new Grid(bits), Tuning.of(steps, RATE, 1));
  }

  /** One grid for each {@code inputs} inputs of a row. */
  public Qat group(int inputs) {
    return new Qat(grid.group(inputs), tuning);
  }

  /** The zero fixed in the middle of the codes. */
  public Qat symmetric() {
    return new Qat(grid.symmetric(), tuning);
  }

  @Override
  public Qat tuning(Tuning other) {
    return new Qat(grid, other);
  }

  @Override
  public Adapter adapter() {
    return new FakeQuantization(grid);
  }

  @Override
  public Trainer<long[][]> trainer(Llm model, Windows text) {
    return tuning.trainer(model, text);
  }

  @Override
  public String toString() {
    return "QAT " + grid + " " + tuning;
  }
}
