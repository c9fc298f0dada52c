package secateur.train;

import java.util.Objects;

/**
 * Batches of ids (B, T + 1) whose tokens all count alike.
 *
 * @param ids where they come from
 */
public record EqualWeights(Data<long[][]> ids) implements Data<TokenBatch> {

  /** Refuses nothing at all. */
  public EqualWeights {
    Objects.requireNonNull(ids, "ids");
  }

  @Override
  public TokenBatch batch(long index) {
    return TokenBatch.of(ids.batch(index));
  }

  @Override
  public long tokens() {
    return ids.tokens();
  }
}
