package secateur.spec;

/** In what form a model keeps the keys and values of the tokens that it has read. */
public sealed interface CacheForm {

  /** As they were computed. */
  record Exact() implements CacheForm {}

  /**
   * As codes, with a scale and a lowest value for each token and head.
   *
   * @param bits 4 or 8
   */
  record Rounded(int bits) implements CacheForm {

    public Rounded {
      if (bits != 4 && bits != 8) {
        throw new IllegalArgumentException("a key-value cache of " + bits + " bits, allowed are 4 and 8");
      }
    }
  }
}
