package secateur.distill;

import ai.djl.ndarray.NDArray;
import java.util.Objects;
import secateur.model.Llm;
import secateur.tensor.Divergences;
import secateur.tensor.Nn;
import secateur.train.Loss;
import secateur.train.Masked;

/**
 * (1 - a) CE + a τ² D: next-token cross-entropy, and a divergence from what a teacher thinks of the next token at temperature τ
 * (Hinton et al., arXiv 1503.02531), each the mean by the batch's weights, in nats.
 *
 * @param teacher gives p
 * @param divergence D
 * @param temperature τ
 * @param share a
 */
public record KdLoss(Teacher teacher, Divergence divergence, double temperature, double share) implements Loss<Masked> {

  /** Refuses temperatures that are not positive and shares that are none. */
  public KdLoss {
    Objects.requireNonNull(teacher, "teacher");
    Objects.requireNonNull(divergence, "divergence");
    if (!(temperature > 0) || Double.isInfinite(temperature)) {
      throw new IllegalArgumentException("temperature is " + temperature + ", allowed is above 0");
    }
    if (!(share > 0 && share <= 1)) {
      throw new IllegalArgumentException("the share of the teacher is " + share + ", allowed is above 0 up to 1; cross-entropy has the rest");
    }
  }

  @Override
  public NDArray input(Llm model, Masked batch) {
    return Batches.input(model, batch.ids());
  }

  @Override
  public NDArray of(NDArray logits, Llm model, Masked batch) {
    NDArray weights = Batches.weights(batch);
    NDArray kd = Divergences.mean(teacher.divergence(divergence, logits, batch, temperature), weights);
    if (share == 1) {
      return kd;
    }
    NDArray ce = Divergences.mean(Divergences.crossEntropy(logits, Batches.targets(model, batch)), weights);
    return Nn.scaled(ce, 1 - share).add(Nn.scaled(kd, share));
  }
}
