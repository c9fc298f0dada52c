package secateur.prune;

import java.util.Set;
import secateur.method.Importance;
import secateur.method.Protection;
import secateur.method.Structural;
import secateur.method.Width;
import secateur.spec.Part;

/**
 * Removes attention heads (Michel et al., arXiv 1905.10650): a key-value head with its queries, in rows of q, k, v and columns
 * of o. Where all queries share one key-value head, a query head alone.
 *
 * @param width how many go, and which compete
 * @param importance by what they are ranked
 */
public record PruneHeads(Width width, Importance importance) implements Structural {

  /** Removes {@code share} of the heads of each block, those with the smallest outputs. */
  public PruneHeads(double share) {
    this(new Width(share), Importance.activation());
  }

  /** Ranked by {@code other}. */
  public PruneHeads by(Importance other) {
    return new PruneHeads(width, other);
  }

  /** The heads of all blocks compete. */
  public PruneHeads global() {
    return new PruneHeads(width.global(), importance);
  }

  /** The {@code first} and the {@code last} blocks stay as they are. */
  public PruneHeads protect(int first, int last) {
    return new PruneHeads(width.protect(new Protection.Blocks(first, last)), importance);
  }

  @Override
  public Set<Part> parts() {
    return Set.of(Part.HEADS);
  }

  @Override
  public String toString() {
    return "heads " + width + " " + importance;
  }
}
