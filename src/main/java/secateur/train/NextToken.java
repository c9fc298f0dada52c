package secateur.train;

import ai.djl.ndarray.NDArray;
import secateur.model.Llm;
import secateur.tensor.Nn;

/** Cross-entropy of each token given those before it, in nats; a batch holds ids (B, T + 1). */
public record NextToken() implements Loss<long[][]> {

  @Override
  public NDArray of(Llm model, long[][] batch) {
    NDArray ids = model.ids(batch);
    return Nn.crossEntropy(model.forward(ids.get(":, :-1")), ids.get(":, 1:"));
  }
}
