package secateur.prune;

import java.nio.file.Path;
import java.util.Optional;
import secateur.method.ByTraining;
import secateur.model.Linear;
import secateur.model.Llm;
import secateur.model.Rounded;
import secateur.text.Windows;
import secateur.train.Adapter;
import secateur.train.Adapters;
import secateur.train.AdamW;
import secateur.train.FullTraining;
import secateur.train.Lora;
import secateur.train.NextToken;
import secateur.train.Recipe;
import secateur.train.Schedule;
import secateur.train.Trainer;
import secateur.train.Upkeep;
import secateur.train.WindowBatches;

/**
 * Training that brings back what pruning lost, as LLM-Pruner does (Ma et al., arXiv 2305.11627, section 3.3): LoRA of rank
 * 8, alpha 16, dropout 0.05 at a rate of 1e-4, merged at the end. What was removed stays removed.
 *
 * @param adapter what is trained
 * @param recipe how
 * @param rows windows in a step
 * @param windows what is trained on; empty for what methods calibrate on
 * @param file where an interrupted training goes on from, if anywhere
 */
public record Recover(Adapter adapter, Recipe recipe, int rows, Optional<Windows> windows, Optional<Path> file)
    implements ByTraining<long[][]> {

  private static final Lora USUAL = new Lora(8);
  private static final double RATE = 1e-4;
  private static final int ROWS = 8;
  private static final int KEEP = 50;
  private static final AdamW OPTIMIZER = new AdamW(0.9, 0.999, 1e-8, 0, 1);

  /** Refuses a step without windows. */
  public Recover {
    if (rows < 1) {
      throw new IllegalArgumentException("batches of " + rows + " windows, allowed are 1 or more");
    }
  }

  /** {@code steps} of 8 windows. */
  public Recover(int steps) {
    this(USUAL, new Recipe(Schedule.cosine(steps, RATE), OPTIMIZER, 1), ROWS, Optional.empty(), Optional.empty());
  }

  /** At most at {@code peak}. */
  public Recover rate(double peak) {
    Schedule other = Schedule.cosine(recipe.schedule().steps(), peak);
    return new Recover(adapter, new Recipe(other, recipe.optimizer(), recipe.accumulate(), recipe.activations()), rows, windows, file);
  }

  /** On windows of its own. */
  public Recover on(Windows other) {
    return new Recover(adapter, recipe, rows, Optional.of(other), file);
  }

  /** With {@code size} windows in a step. */
  public Recover batch(int size) {
    return new Recover(adapter, recipe, size, windows, file);
  }

  /** With another adapter. */
  public Recover lora(Lora other) {
    return new Recover(other, recipe, rows, windows, file);
  }

  /** All weights that are left are trained. */
  public Recover full() {
    return new Recover(new FullTraining(), recipe, rows, windows, file);
  }

  /** With less memory and a third more time. */
  public Recover recomputed() {
    return new Recover(adapter, recipe.recomputed(), rows, windows, file);
  }

  /** Goes on from {@code path} where it was interrupted; the file is written every 50 steps. */
  public Recover checkpoint(Path path) {
    return new Recover(adapter, recipe, rows, windows, Optional.of(path));
  }

  @Override
  public void check(Llm model) {
    ByTraining.super.check(model);
    model.layers().forEach(Recover::checkExact);
  }

  private static void checkExact(String name, Linear layer) {
    if (layer instanceof Rounded) {
      throw new IllegalArgumentException("layer '" + name + "' is " + layer + ", whose rounded weights a merge would round again;"
          + " recover before quantizing, or train a Lora with Trainer and keep it beside them");
    }
  }

  @Override
  public Trainer<long[][]> trainer(Llm model, Windows text) {
    long[][] ids = windows.orElse(text).ids(model.tokenizerOrNull());
    Upkeep<long[][]> upkeep = Upkeep.none();
    return new Trainer<>(recipe, new NextToken(), new WindowBatches(ids, rows, 0), file.map(path -> upkeep.checkpoint(path, KEEP)).orElse(upkeep));
  }

  @Override
  public Llm finish(Llm trained) {
    return Adapters.merge(trained);
  }

  @Override
  public String toString() {
    String what = adapter.equals(USUAL) ? "LoRA" : adapter instanceof FullTraining ? "full" : adapter.toString();
    return what + " recovery " + recipe.schedule().steps() + " steps";
  }
}
