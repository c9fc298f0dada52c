package secateur.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.stream.LongStream;
import secateur.model.Llm;
import secateur.tensor.Select;

/**
 * Cross-entropy of the tokens that count, given all before them, in nats: -sum w log p / sum w. Where all weights are 1 it is
 * the mean over the responses' tokens, as instruction tuning has it (Wei et al., arXiv 2109.01652).
 */
public record ResponseTokens() implements Loss<Masked> {

  @Override
  public NDArray input(Llm model, Masked batch) {
    return model.ids(batch.ids()).get(":, :-1");
  }

  @Override
  public NDArray of(NDArray logits, Llm model, Masked batch) {
    long[] places = batch.places();
    Shape shape = logits.getShape();
    NDArray chosen = Select.rows(logits.reshape(shape.get(0) * shape.get(1), shape.get(2)), Select.places(places)); // (N, V)
    NDArray next = Select.places(LongStream.of(places).map(batch::next).toArray()).expandDims(1);
    NDArray logProbabilities = chosen.toType(DataType.FLOAT32, false).logSoftmax(-1).gather(next, 1); // (N, 1)
    return logProbabilities.mul(shares(batch, places)).sum().neg();
  }

  /** w / sum w, (N, 1), in memory that lasts until gradients are computed. */
  private static NDArray shares(Masked batch, long[] places) {
    double sum = batch.sum();
    float[] shares = new float[places.length];
    for (int i = 0; i < shares.length; i++) {
      shares[i] = (float) (batch.weight(places[i]) / sum);
    }
    return Select.numbers(shares).duplicate().expandDims(1);
  }
}
