package secateur.train;

import java.util.Arrays;
import java.util.Objects;

/**
 * Batches of ids (B, T + 1) whose tokens all count alike.
 *
 * @param ids where they come from
 */
public record EqualWeights(Data<long[][]> ids) implements Data<Masked> {

  /** Refuses nothing at all. */
  public EqualWeights {
    Objects.requireNonNull(ids, "ids");
  }

  @Override
  public Masked batch(long index) {
    long[][] batch = ids.batch(index);
    float[][] weights = new float[batch.length][batch[0].length - 1];
    Arrays.stream(weights).forEach(row -> Arrays.fill(row, 1));
    return new Masked(batch, weights);
  }

  @Override
  public long tokens() {
    return ids.tokens();
  }
}
