package secateur.calibrate;

import ai.djl.ndarray.NDArray;
import secateur.tensor.Int8;
import secateur.tensor.Scope;

/** The largest magnitude of each input feature over all tokens: what SmoothQuant (Xiao et al., arXiv 2211.10438) needs. */
public final class InputPeak implements Statistic {

  private NDArray peaks;

  @Override
  public void see(NDArray x) {
    NDArray before = peaks;
    NDArray now = Int8.peaks(x);
    peaks = Scope.free(before == null ? now : before.maximum(now));
    if (before != null) {
      before.close();
    }
  }

  /** max over tokens of |x_j|, (in) float32. */
  public NDArray peaks() {
    if (peaks == null) {
      throw new IllegalStateException("the layer has seen no inputs yet");
    }
    return peaks;
  }

  @Override
  public void close() {
    if (peaks != null) {
      peaks.close();
    }
  }
}
