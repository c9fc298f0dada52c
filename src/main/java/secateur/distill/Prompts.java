package secateur.distill;

import java.util.Arrays;
import secateur.train.Data;
import secateur.train.WindowBatches;

/** Windows in batches, cut to one length. */
final class Prompts implements Data<PromptBatch> {

  private final WindowBatches batches;
  private final long tokens;

  /**
   * The first {@code length} tokens of each of {@code windows}, {@code rows} at a time.
   *
   * @param read how many rows as long a step reads for each of these
   */
  Prompts(long[][] windows, int length, int rows, int read) {
    this.batches = new WindowBatches(Arrays.stream(windows).map(window -> Arrays.copyOf(window, length)).toArray(long[][]::new), rows, 0);
    this.tokens = (long) read * rows * (length - 1);
  }

  @Override
  public PromptBatch batch(long index) {
    return new PromptBatch(index, batches.batch(index));
  }

  @Override
  public long tokens() {
    return tokens;
  }
}
