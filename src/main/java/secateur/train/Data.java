package secateur.train;

/**
 * What a model is trained on: an endless row of batches, each found by its number alone, so that an interrupted
 * training goes on where it was.
 *
 * @param <B> a batch
 */
public interface Data<B> {

  /** Batch {@code index}, from 0; the same one whenever it is asked for. */
  B batch(long index);

  /** How many tokens a batch teaches. */
  long tokens();
}
