package secateur.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import secateur.text.TokenFile;

/**
 * Windows of a token file in random order: each round through the file cuts it anew, at a random offset, and visits
 * every window once.
 */
public final class TokenWindows implements Data<long[][]> {

  private final TokenFile file;
  private final int rows;
  private final int length;
  private final long seed;
  private final int windows;
  private long round = -1;
  private int offset;
  private int[] order;

  /** Batches of {@code rows} windows, each of {@code length} tokens and the one that follows. */
  public TokenWindows(TokenFile file, int rows, int length, long seed) {
    this.file = file;
    this.rows = rows;
    this.length = length;
    this.seed = seed;
    this.windows = length < 1 ? 0 : file.size() / length - 1;
    if (rows < 1 || windows < 1) {
      throw new IllegalArgumentException("batches of " + rows + " windows of " + length + " tokens out of " + file
          + "; at least 1 window of at least 1 token is needed, and the file must hold two");
    }
  }

  /**
   * Windows spread evenly over {@code file}, to measure with.
   *
   * @param count at most how many, in batches of up to {@code rows}
   * @param length of a window in tokens, to which the one that follows is added
   */
  public static List<long[][]> spread(TokenFile file, int count, int rows, int length) {
    int all = Math.min(count, (file.size() - 1) / length);
    if (all < 1 || rows < 1) {
      throw new IllegalArgumentException(
          count + " windows of " + length + " tokens in batches of " + rows + " out of " + file + "; at least one is needed");
    }
    long step = (file.size() - 1 - length) / Math.max(1, all - 1);
    List<long[][]> batches = new ArrayList<>();
    for (int i = 0; i < all; i += rows) {
      int first = i;
      long[][] batch = new long[Math.min(rows, all - i)][];
      Arrays.setAll(batch, j -> file.ids((int) ((first + j) * step), length + 1));
      batches.add(batch);
    }
    return batches;
  }

  /** Ids (rows, length + 1). */
  @Override
  public synchronized long[][] batch(long index) {
    long[][] batch = new long[rows][];
    for (int i = 0; i < rows; i++) {
      long at = index * rows + i;
      turn(at / windows);
      batch[i] = file.ids(offset + order[(int) (at % windows)] * length, length + 1);
    }
    return batch;
  }

  @Override
  public long tokens() {
    return (long) rows * length;
  }

  private void turn(long wanted) {
    if (wanted == round) {
      return;
    }
    round = wanted;
    SplittableRandom random = new SplittableRandom(seed * 1_000_003 + round);
    offset = random.nextInt(length);
    order = Shuffle.of(windows, random);
  }
}
