package secateur.gguf;

import java.util.Arrays;

/** Numbers from 0 on to codes from 0 to N: the largest is laid on N. All count the same. */
record ToMaximum(int top) implements Fit {

  @Override
  public float scale(float[] x, float[] w, int[] codes) {
    float max = 0;
    for (float each : x) {
      max = Math.max(max, each);
    }
    if (max == 0) {
      Arrays.fill(codes, 0);
      return 0;
    }
    float inverse = top / max;
    for (int i = 0; i < x.length; i++) {
      codes[i] = Codes.nearest(inverse * x[i], 0, top);
    }
    return max / top;
  }
}
