package secateur.train;

import ai.djl.ndarray.NDArray;
import secateur.model.Llm;
import secateur.tensor.Nn;

/** Cross-entropy of each token given those before it, in nats; a batch holds ids (B, T + 1). */
public record NextToken() implements Loss<long[][]> {

  @Override
  public NDArray input(Llm model, long[][] batch) {
    return model.ids(batch).get(":, :-1");
  }

  @Override
  public NDArray of(NDArray logits, Llm model, long[][] batch) {
    return Nn.crossEntropy(logits, model.ids(batch).get(":, 1:"));
  }
}
