package secateur.spec;

/** How a model knows the order of its tokens. */
public sealed interface Position {

  /** A table of embeddings; its first {@code offset} rows are not used (OPT has two). */
  record Learned(int offset) implements Position {}

  /**
   * Rotary embeddings (Su et al., arXiv 2104.09864).
   *
   * @param frequencies angle per position of each rotated pair, after scaling
   */
  record Rope(double[] frequencies) implements Position {}

  /** Linear biases (Press et al., arXiv 2108.12409); {@code scaled} as Falcon does, with the scores and in bfloat16. */
  record Alibi(boolean scaled) implements Position {}
}
