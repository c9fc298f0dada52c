package secateur.tensor;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.nn.core.Linear;

/** The pieces of a decoder's forward pass; sources in {@code nn.py}. */
public final class Nn {

  private static final Script NN = Script.of("nn");

  private Nn() {}

  /** x W' + b; {@code bias} may be null. */
  public static NDArray linear(NDArray x, NDArray weight, NDArray bias) {
    return Linear.linear(x, weight, bias).get(0);
  }

  /**
   * As {@link #linear} for layers in training: float32 in and out, with the product in bfloat16 on a GPU
   * (Micikevicius et al., arXiv 1710.03740).
   */
  public static NDArray mixedLinear(NDArray x, NDArray weight, NDArray bias) {
    if (!x.getDevice().isGpu()) {
      return linear(x, weight, bias);
    }
    return bias == null ? NN.call("mixed_linear", x, weight) : NN.call("mixed_linear_biased", x, weight, bias);
  }

  /**
   * Zeroes {@code share} of x and scales the rest by 1 / (1 - share) (Srivastava et al., JMLR 15, 2014); what goes follows
   * from {@code seed}, which becomes the engine's on a GPU. On the host the engine's own draws one number after another.
   */
  public static NDArray dropout(NDArray x, double share, int seed) {
    if (!x.getDevice().isGpu()) {
      return NN.call("dropout_counted", x, Devices.scalar(share), Devices.whole(seed));
    }
    Engine.getInstance().setRandomSeed(seed);
    return NN.call("dropout", x, Devices.scalar(share));
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
    return NN.call(mixed(q) ? "mixed_attend_causal" : "attend_causal", q, k, v);
  }

  /** Attention with {@code mask} (T, S) or (H, T, S) added to the scores; {@code k} and {@code v} are (B, K, S, D). */
  public static NDArray attend(NDArray q, NDArray k, NDArray v, NDArray mask) {
    return NN.call(mixed(q) ? "mixed_attend_masked" : "attend_masked", q, k, v, mask);
  }

  /** Scores of attention before mask and softmax, q k' / sqrt(D): (B, H, T, T) float32, for q (B, H, T, D) and k (B, K, T, D). */
  public static NDArray scores(NDArray q, NDArray k) {
    return NN.call("scores", q, k);
  }

  /** Whether attention runs in bfloat16: while gradients are recorded on a GPU, where the fast kernels want it. */
  private static boolean mixed(NDArray q) {
    return q.getDevice().isGpu() && q.getDataType() == DataType.FLOAT32 && Gradients.recorded();
  }

  /** max(x, 0). */
  public static NDArray relu(NDArray x) {
    return NN.call("relu", x);
  }

  /** x times {@code factor}. DJL's own keeps the factor in Java memory, which may be gone when gradients are computed. */
  public static NDArray scaled(NDArray x, double factor) {
    return NN.call("scaled", x, Devices.scalar(factor));
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

  /** Mean cross-entropy in nats, a scalar: logits (B, T, V), targets (B, T). */
  public static NDArray crossEntropy(NDArray logits, NDArray targets) {
    return NN.call("cross_entropy", logits, targets);
  }

  /**
   * Mean cross-entropy with soft labels in nats, a scalar: -τ² mean sum softmax(labels / τ) log softmax(logits / τ) (Hinton et
   * al., arXiv 1503.02531).
   *
   * @param logits (B, T, V)
   * @param labels logits (B, T, V) of the teacher
   * @param temperature τ
   */
  public static NDArray softCrossEntropy(NDArray logits, NDArray labels, double temperature) {
    return NN.call("soft_cross_entropy", logits, labels, Devices.scalar(temperature));
  }
}
