package secateur.prune;

import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.IntStream;
import secateur.method.Cost;
import secateur.method.Importance;
import secateur.method.Method;
import secateur.model.Cut;
import secateur.model.Groups;
import secateur.model.Llm;
import secateur.tensor.Progress;
import secateur.tensor.Scope;
import secateur.text.Windows;

/**
 * Removes channels of the residual stream, everywhere at once: columns of the embeddings and of what reads the stream, rows of
 * what writes it, and their places in the norms (Muralidharan et al., arXiv 2407.14679).
 *
 * @param share of the channels that go
 * @param importance by what they are ranked
 */
public record PruneChannels(double share, Importance importance) implements Method {

  /** Refuses a share that leaves nothing. */
  public PruneChannels {
    if (!(share >= 0 && share < 1)) {
      throw new IllegalArgumentException("the share of channels to remove is " + share + ", allowed is from 0 to below 1; a quarter is 0.25");
    }
  }

  /** Removes {@code share} of the channels, those with the smallest activations. */
  public PruneChannels(double share) {
    this(share, Importance.activation());
  }

  /** Ranked by {@code other}. */
  public PruneChannels by(Importance other) {
    return new PruneChannels(share, other);
  }

  @Override
  public Llm apply(Llm model, Windows text) {
    try (Scope scope = new Scope(); Progress progress = Progress.of(toString(), 2); Importance.Units units = importance.of(model, text)) {
      float[] scores = units.of(Groups.channels(model)).toFloatArray();
      progress.step();
      int left = Math.max(1, scores.length - (int) Math.round(scores.length * share));
      int[] kept = IntStream.range(0, scores.length).boxed()
          .sorted(Comparator.comparingDouble((Integer channel) -> scores[channel]).reversed()).limit(left)
          .mapToInt(Integer::intValue).sorted().toArray();
      Llm made = Cut.channels(model, kept);
      progress.step();
      return made;
    }
  }

  @Override
  public Cost cost(Llm model, Windows text) {
    return importance.cost(model, text).then(Method.super.cost(model, text));
  }

  @Override
  public String toString() {
    return "channels " + new DecimalFormat("0.##%", DecimalFormatSymbols.getInstance(Locale.ROOT)).format(share) + " " + importance;
  }
}
