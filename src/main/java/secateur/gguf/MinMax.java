package secateur.gguf;

/** Codes from 0 to N: the smallest number on 0, the largest on N; (x - a) / s + 1/2 is cut off to a whole number. */
final class MinMax implements OffsetFit {

  private final int top;
  private float offset;

  /** For codes up to {@code top}, N. */
  MinMax(int top) {
    this.top = top;
  }

  @Override
  public float offset() {
    return offset;
  }

  @Override
  public float scale(float[] x, float[] w, int[] codes) {
    float low = x[0];
    float high = x[0];
    for (float each : x) {
      low = each < low ? each : low;
      high = each > high ? each : high;
    }
    offset = low;
    float scale = (high - low) / top;
    float inverse = Codes.inverse(scale);
    for (int i = 0; i < x.length; i++) {
      codes[i] = Math.min(top, (int) ((x[i] - low) * inverse + 0.5f));
    }
    return scale;
  }
}
