package secateur.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.core.Linear;

/** The pieces of a decoder's forward pass; sources in {@code nn.py}. */
public final class Nn {

  private static final Script NN = Script.of("nn");

  private Nn() {}

  /** x W' + b; {@code bias} may be null. */
  public static NDArray linear(NDArray x, NDArray weight, NDArray bias) {
    return Linear.linear(x, weight, bias).get(0);
  }

  /** Rows of {@code table} (V, D) for {@code ids} (B, T): (B, T, D). */
  public static NDArray embed(NDArray ids, NDArray table) {
    return NN.call("embed", ids, table);
  }

  /** x / rms(x) * weight over the last dimension; {@code eps} a scalar on the host. */
  public static NDArray rmsNorm(NDArray x, NDArray weight, NDArray eps) {
    return NN.call("rms_norm", x, weight, eps);
  }

  /** (x - mean) / std * weight + bias over the last dimension; {@code eps} a scalar on the host. */
  public static NDArray layerNorm(NDArray x, NDArray weight, NDArray bias, NDArray eps) {
    return NN.call("layer_norm", x, weight, bias, eps);
  }

  /** Rotary embedding of x (B, H, T, D) with cos and sin (T, R). */
  public static NDArray rotate(NDArray x, NDArray cos, NDArray sin) {
    return NN.call("rotate", x, cos, sin);
  }

  /** Causal attention of q (B, H, T, D) over k and v (B, K, T, D): (B, T, H D). */
  public static NDArray attend(NDArray q, NDArray k, NDArray v) {
    return NN.call("attend_causal", q, k, v);
  }

  /** Attention with {@code mask} (T, S) or (H, T, S) added to the scores; {@code k} and {@code v} are (B, K, S, D). */
  public static NDArray attend(NDArray q, NDArray k, NDArray v, NDArray mask) {
    return NN.call("attend_masked", q, k, v, mask);
  }

  /** x sigmoid(x). */
  public static NDArray silu(NDArray x) {
    return NN.call("silu", x);
  }

  /** x Phi(x). */
  public static NDArray gelu(NDArray x) {
    return NN.call("gelu", x);
  }

  /** The tanh approximation of {@link #gelu}. */
  public static NDArray geluTanh(NDArray x) {
    return NN.call("gelu_tanh", x);
  }

  /** Next-token cross-entropy in nats, the mean over each window: logits (B, T, V), ids (B, T), result (B). */
  public static NDArray windowLoss(NDArray logits, NDArray ids) {
    return NN.call("window_loss", logits, ids);
  }
}
