package secateur.prune;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import secateur.measure.BlockInfluence;
import secateur.method.Cost;
import secateur.method.Method;
import secateur.model.Cut;
import secateur.model.Llm;
import secateur.tensor.Progress;
import secateur.text.Windows;

/**
 * Removes whole blocks: those that turn the residual stream least, by block influence (Men et al., ShortGPT, arXiv 2403.03853),
 * or those that are named.
 *
 * @param choice which go
 */
public record DropLayers(Choice choice) implements Method {

  /** Which blocks go. */
  public sealed interface Choice {}

  /** So many, those of the least influence. */
  public record Least(int count) implements Choice {
    public Least {
      if (count < 0) {
        throw new IllegalArgumentException(count + " blocks to drop, allowed are 0 or more");
      }
    }

    @Override
    public String toString() {
      return "" + count;
    }
  }

  /** A share of all blocks, rounded to the nearest number, those of the least influence. */
  public record Share(double share) implements Choice {
    public Share {
      if (!(share >= 0 && share < 1)) {
        throw new IllegalArgumentException("the share of blocks to drop is " + share + ", allowed is from 0 to below 1; a quarter is 0.25");
      }
    }

    @Override
    public String toString() {
      return String.format(java.util.Locale.ROOT, "%.3g%%", 100 * share);
    }
  }

  /** These. */
  public record Named(List<Integer> blocks) implements Choice {
    public Named {
      blocks = blocks.stream().distinct().sorted().toList();
    }

    @Override
    public String toString() {
      return blocks.stream().map(String::valueOf).collect(Collectors.joining(", ", "number ", ""));
    }
  }

  /** Drops the {@code count} blocks of the least influence. */
  public DropLayers(int count) {
    this(new Least(count));
  }

  /** Drops {@code share} of all blocks, those of the least influence. */
  public DropLayers(double share) {
    this(new Share(share));
  }

  /** Drops {@code blocks}, counted from 0. */
  public DropLayers(List<Integer> blocks) {
    this(new Named(blocks));
  }

  @Override
  public void check(Llm model) {
    int all = model.blocks().size();
    if (choice instanceof Named named && named.blocks().stream().anyMatch(block -> block < 0 || block >= all)) {
      throw new IllegalArgumentException("blocks " + named.blocks() + " of " + model.name() + ", which has 0 to " + (all - 1));
    }
    if (count(all) >= all) {
      throw new IllegalArgumentException(count(all) + " blocks to drop of " + all + " that " + model.name() + " has; one must stay");
    }
  }

  private int count(int all) {
    return choice instanceof Least least ? least.count()
        : choice instanceof Share part ? (int) Math.round(part.share() * all) : ((Named) choice).blocks().size();
  }

  @Override
  public Llm apply(Llm model, Windows text) {
    check(model);
    try (Progress progress = Progress.of(toString(), 1)) {
      List<Integer> gone = gone(model, text);
      progress.step("without " + gone);
      return Cut.blocks(model, IntStream.range(0, model.blocks().size()).filter(block -> !gone.contains(block)).toArray());
    }
  }

  private List<Integer> gone(Llm model, Windows text) {
    if (choice instanceof Named named) {
      return named.blocks();
    }
    double[] influence = BlockInfluence.of(model, text);
    return IntStream.range(0, influence.length).boxed().sorted(Comparator.comparingDouble(block -> influence[block]))
        .limit(count(influence.length)).sorted().toList();
  }

  /** The blocks that stay are shared. */
  @Override
  public Cost cost(Llm model, Windows text) {
    return Cost.forward(model, text);
  }

  @Override
  public String toString() {
    return "drop layers " + choice;
  }
}
