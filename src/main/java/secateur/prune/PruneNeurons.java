package secateur.prune;

import java.util.Set;
import secateur.method.Importance;
import secateur.method.Protection;
import secateur.method.Structural;
import secateur.method.Width;
import secateur.spec.Part;

/**
 * Removes neurons of the MLPs: row j of gate and up, column j of down.
 *
 * @param width how many go, and which compete
 * @param importance by what they are ranked
 */
public record PruneNeurons(Width width, Importance importance) implements Structural {

  /** Removes {@code share} of the neurons of each block, those with the smallest activations. */
  public PruneNeurons(double share) {
    this(new Width(share), Importance.activation());
  }

  /** Ranked by {@code other}. */
  public PruneNeurons by(Importance other) {
    return new PruneNeurons(width, other);
  }

  /** The neurons of all blocks compete. */
  public PruneNeurons global() {
    return new PruneNeurons(width.global(), importance);
  }

  /** The {@code first} and the {@code last} blocks stay as they are. */
  public PruneNeurons protect(int first, int last) {
    return new PruneNeurons(width.protect(new Protection.Blocks(first, last)), importance);
  }

  /** As many neurons are left as a multiple of {@code neurons}. */
  public PruneNeurons multiplesOf(int neurons) {
    return new PruneNeurons(width.multiplesOf(neurons), importance);
  }

  @Override
  public Set<Part> parts() {
    return Set.of(Part.NEURONS);
  }

  @Override
  public String toString() {
    return "neurons " + width + " " + importance;
  }
}
