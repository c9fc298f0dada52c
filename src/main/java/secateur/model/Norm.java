package secateur.model;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import secateur.tensor.Nn;
import secateur.tensor.Select;

/**
 * A norm over the last dimension, computed in float32.
 *
 * @param weight (D) float32
 * @param bias (D) float32; null makes it an RMS norm
 * @param eps scalar on the host
 */
record Norm(NDArray weight, NDArray bias, NDArray eps) {

  NDArray apply(NDArray x) {
    return bias == null ? Nn.rmsNorm(x, weight, eps) : Nn.layerNorm(x, weight, bias, eps);
  }

  Norm map(Change change) {
    return new Norm(change.norm(weight), bias == null ? null : change.norm(bias), eps);
  }

  /** With every output divided by its number in {@code scales} (D). */
  Norm divided(NDArray scales) {
    return new Norm(weight.div(scales), bias == null ? null : bias.div(scales), eps);
  }

  /**
   * For vectors that have lost all but {@code places}, D' of D channels. The weight grows by sqrt(D / D'), so that the mean
   * square over fewer channels gives the output that it gave when the others were zero.
   */
  Norm keep(NDArray places) {
    double growth = Math.sqrt((double) weight.size() / places.size());
    return new Norm(Select.rows(weight, places).mul(growth), bias == null ? null : Select.rows(bias, places), eps);
  }

  List<NDArray> arrays() {
    return Stream.of(weight, bias, eps).filter(Objects::nonNull).toList();
  }
}
