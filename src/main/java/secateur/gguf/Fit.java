package secateur.gguf;

/** Searches a scale s and codes l that make Σ w (x - s l)² small. Sums are float32, in the order of the weights. */
interface Fit {

  /**
   * Finds both.
   *
   * @param x [n]
   * @param w [n], how much each error weighs
   * @param codes [n], the codes found
   * @return the scale
   */
  float scale(float[] x, float[] w, int[] codes);
}
