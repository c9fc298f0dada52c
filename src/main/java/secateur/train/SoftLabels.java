package secateur.train;

import ai.djl.ndarray.NDArray;
import secateur.model.Llm;
import secateur.tensor.Gradients;
import secateur.tensor.Nn;

/**
 * Cross-entropy with what a teacher thinks of the next token, in nats (Hinton et al., arXiv 1503.02531):
 * -τ² mean sum_v p(v) log q(v), p and q the softmax of logits / τ. Its gradient is that of the forward Kullback-Leibler
 * divergence; next tokens themselves are not looked at. A batch holds ids (B, T + 1), of which T are read, as with
 * {@link NextToken}.
 *
 * @param teacher gives p; it stays as it is and must be open as long as this is used
 * @param temperature τ
 */
public record SoftLabels(Llm teacher, double temperature) implements Loss<long[][]> {

  /** Refuses a temperature that is not positive. */
  public SoftLabels {
    if (!(temperature > 0) || Double.isInfinite(temperature)) {
      throw new IllegalArgumentException("temperature is " + temperature + ", it must be above 0");
    }
  }

  @Override
  public NDArray input(Llm model, long[][] batch) {
    return model.ids(batch).get(":, :-1");
  }

  @Override
  public NDArray of(NDArray logits, Llm model, long[][] batch) {
    NDArray[] labels = new NDArray[1];
    Gradients.none(() -> labels[0] = teacher.forward(input(teacher, batch)));
    if (!labels[0].getShape().equals(logits.getShape())) {
      throw new IllegalArgumentException("the teacher " + teacher.name() + " knows " + teacher.head().rows() + " tokens, "
          + model.name() + " " + model.head().rows() + "; both must know the same");
    }
    return Nn.softCrossEntropy(logits, labels[0], temperature);
  }
}
