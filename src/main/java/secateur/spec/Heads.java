package secateur.spec;

/**
 * The attention of a model.
 *
 * @param queries number of query heads
 * @param keyValues number of key-value heads, a divisor of {@code queries}
 * @param size width of one head
 */
public record Heads(int queries, int keyValues, int size) {

  public Heads {
    if (queries < 1 || keyValues < 1 || queries % keyValues != 0) {
      throw new IllegalArgumentException(
          queries + " query heads over " + keyValues + " key-value heads; the second must divide the first");
    }
  }

  /** Query heads that share one key-value head. */
  public int group() {
    return queries / keyValues;
  }
}
