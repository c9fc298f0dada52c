package secateur.train;

import java.util.SplittableRandom;

/** Windows in batches; every round through them visits each once, in another order. */
public final class WindowBatches implements Data<long[][]> {

  private final long[][] ids;
  private final int rows;
  private final long seed;
  private long round = -1;
  private int[] order;

  /**
   * Batches of {@code rows} windows.
   *
   * @param ids (windows, T + 1), as {@link secateur.text.Windows#ids} gives them
   */
  public WindowBatches(long[][] ids, int rows, long seed) {
    if (ids.length < 1 || ids[0].length < 2 || rows < 1) {
      throw new IllegalArgumentException("batches of " + rows + " out of " + ids.length
          + " windows; at least 1 window of at least 2 tokens and 1 row are needed");
    }
    this.ids = ids.clone();
    this.rows = rows;
    this.seed = seed;
  }

  /** Ids (rows, T + 1). */
  @Override
  public synchronized long[][] batch(long index) {
    long[][] batch = new long[rows][];
    for (int i = 0; i < rows; i++) {
      long at = index * rows + i;
      turn(at / ids.length);
      batch[i] = ids[order[(int) (at % ids.length)]];
    }
    return batch;
  }

  @Override
  public long tokens() {
    return (long) rows * (ids[0].length - 1);
  }

  private void turn(long wanted) {
    if (wanted != round) {
      round = wanted;
      order = Shuffle.of(ids.length, new SplittableRandom(seed * 1_000_003 + round));
    }
  }
}
