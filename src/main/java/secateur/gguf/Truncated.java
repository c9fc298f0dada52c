package secateur.gguf;

/** Codes from -m to m - 1: the number of the largest magnitude is laid on -m; x / s + 1/2 is cut off to a whole number. */
record Truncated(int m) implements Fit {

  @Override
  public float scale(float[] x, float[] w, int[] codes) {
    float scale = Codes.peak(x) / -m;
    float inverse = Codes.inverse(scale);
    for (int i = 0; i < x.length; i++) {
      codes[i] = Math.min(2 * m - 1, (int) (x[i] * inverse + (m + 0.5f))) - m;
    }
    return scale;
  }
}
