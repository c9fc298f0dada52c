package secateur.model;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import secateur.tensor.Nn;

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

  List<NDArray> arrays() {
    return Stream.of(weight, bias, eps).filter(Objects::nonNull).toList();
  }
}
