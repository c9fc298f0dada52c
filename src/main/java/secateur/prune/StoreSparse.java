package secateur.prune;

import secateur.method.DataFree;
import secateur.model.Bitmask;
import secateur.model.Dense;
import secateur.model.Linear;
import secateur.model.Sparse;
import secateur.model.Sparse24;

/**
 * Stores layers without their zeros, in memory and on disk: as {@link Sparse24} where of every four inputs of a row two at most
 * have a weight, else as {@link Bitmask} where that is smaller. No weight changes; layers that no form makes smaller, and rounded
 * ones, stay as they are.
 */
public record StoreSparse() implements DataFree {

  @Override
  public Linear compress(Linear layer) {
    if (layer instanceof Dense dense) {
      return smaller(dense);
    }
    return layer instanceof Bitmask bitmask && Sparse24.fits(bitmask.dense()) ? Sparse24.of(bitmask.dense()) : layer;
  }

  private static Linear smaller(Dense layer) {
    Sparse made = Sparse24.fits(layer) ? Sparse24.of(layer) : Bitmask.of(layer);
    return made.storedBytes() < layer.storedBytes() ? made : layer;
  }

  @Override
  public String toString() {
    return "stored sparse";
  }
}
