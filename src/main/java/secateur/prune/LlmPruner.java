package secateur.prune;

import java.util.EnumSet;
import java.util.Set;
import secateur.method.Importance;
import secateur.method.Protection;
import secateur.method.Structural;
import secateur.method.Width;
import secateur.spec.Part;

/**
 * LLM-Pruner (Ma et al., arXiv 2305.11627): removes coupled groups, heads and neurons, by what their removal would change
 * the loss by, as gradients of a few samples have it. An eighth of the blocks at the beginning and a sixteenth at the end
 * stay as they are, which is the authors' setting for 32 blocks. Recovery is a step of its own: {@code .then(new Recover(300))}.
 *
 * @param width how many go, and which compete
 * @param importance by what they are ranked
 */
public record LlmPruner(Width width, Importance importance) implements Structural {

  private static final Protection AUTHORS = new Protection.Shares(1 / 8.0, 1 / 16.0);

  /** Removes {@code share} of the heads and neurons of each block, ranked by the first order of every weight. */
  public LlmPruner(double share) {
    this(new Width(share).protect(AUTHORS), Importance.taylor());
  }

  /** Ranked by {@code other}: another {@link Importance#taylor}, or the authors' baselines L1, L2 and chance. */
  public LlmPruner by(Importance other) {
    return new LlmPruner(width, other);
  }

  /** All groups compete, by importance for each weight. */
  public LlmPruner global() {
    return new LlmPruner(width.global(), importance);
  }

  /** The {@code first} and the {@code last} blocks stay as they are. */
  public LlmPruner protect(int first, int last) {
    return new LlmPruner(width.protect(new Protection.Blocks(first, last)), importance);
  }

  /** As many neurons are left as a multiple of {@code neurons}. */
  public LlmPruner multiplesOf(int neurons) {
    return new LlmPruner(width.multiplesOf(neurons), importance);
  }

  @Override
  public Set<Part> parts() {
    return EnumSet.allOf(Part.class);
  }

  @Override
  public String toString() {
    return "LLM-Pruner " + width + " " + importance;
  }
}
