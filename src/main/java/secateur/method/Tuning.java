package secateur.method;

import java.nio.file.Path;
import java.util.Optional;
import secateur.model.Llm;
import secateur.text.Windows;
import secateur.train.AdamW;
import secateur.train.Data;
import secateur.train.Loss;
import secateur.train.NextToken;
import secateur.train.Recipe;
import secateur.train.Schedule;
import secateur.train.Trainer;
import secateur.train.Upkeep;
import secateur.train.WindowBatches;

/**
 * How a method trains.
 *
 * @param recipe steps, rates, optimizer
 * @param rows windows in a step
 * @param windows what is trained on; empty for what methods calibrate on
 * @param file where an interrupted training goes on from, if anywhere
 */
public record Tuning(Recipe recipe, int rows, Optional<Windows> windows, Optional<Path> file) {

  private static final int ROWS = 8;
  private static final int KEEP = 50;

  /** Refuses a step without windows. */
  public Tuning {
    if (rows < 1) {
      throw new IllegalArgumentException("batches of " + rows + " windows, allowed are 1 or more");
    }
  }

  /** {@code steps} of 8 windows, down a cosine from {@code peak}, no weight decay, gradients clipped at norm {@code clip}. */
  public static Tuning of(int steps, double peak, double clip) {
    Recipe recipe = new Recipe(Schedule.cosine(steps, peak), new AdamW(0.9, 0.999, 1e-8, 0, clip), 1);
    return new Tuning(recipe, ROWS, Optional.empty(), Optional.empty());
  }

  /** By another recipe. */
  public Tuning with(Recipe other) {
    return new Tuning(other, rows, windows, file);
  }

  /** With less memory and a third more time. */
  public Tuning recomputed() {
    return with(recipe.recomputed());
  }

  /** With the optimizer's moments on the host. */
  public Tuning paged() {
    return with(recipe.paged());
  }

  /** To make next-token cross-entropy small on its own windows, or else on {@code text}. */
  public Trainer<long[][]> trainer(Llm model, Windows text) {
    return trainer(new NextToken(), batches(model, windows.orElse(text)));
  }

  /** To make {@code loss} small on {@code data}. */
  public <B> Trainer<B> trainer(Loss<B> loss, Data<B> data) {
    Upkeep<B> upkeep = Upkeep.none();
    return new Trainer<>(recipe, loss, data, file.map(path -> upkeep.checkpoint(path, KEEP)).orElse(upkeep));
  }

  /** {@code text} in batches. */
  public Data<long[][]> batches(Llm model, Windows text) {
    return new WindowBatches(text.ids(model.tokenizerOrNull()), rows, 0);
  }

  @Override
  public String toString() {
    return recipe.schedule().steps() + " steps";
  }
}
