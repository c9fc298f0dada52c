package secateur.train;

import ai.djl.ndarray.NDArray;
import secateur.model.Llm;
import secateur.tensor.Divergences;

/** Cross-entropy of each token given those before it, in nats: the mean by the weights of a {@link TokenBatch}. */
public record WeightedTokens() implements Loss<TokenBatch> {

  @Override
  public NDArray input(Llm model, TokenBatch batch) {
    return batch.input(model);
  }

  @Override
  public NDArray of(NDArray logits, Llm model, TokenBatch batch) {
    return Divergences.mean(Divergences.crossEntropy(logits, batch.targets(model)), batch.weightArray());
  }
}
