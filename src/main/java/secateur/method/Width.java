package secateur.method;

import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;
import java.util.Objects;

/**
 * How much narrower blocks become.
 *
 * @param share of the groups that go
 * @param ranking which groups compete
 * @param protection which blocks stay as they are
 * @param multiple what the number of neurons left is rounded up to a multiple of
 */
public record Width(double share, Ranking ranking, Protection protection, int multiple) {

  /** Which groups compete with one another. */
  public enum Ranking {
    /** Those of one part of one block; the same share goes everywhere. */
    LOCAL,
    /** All, by importance for each weight saved; the share is of the weights that could go. */
    GLOBAL
  }

  /** Refuses what cannot be meant. */
  public Width {
    if (!(share >= 0 && share < 1)) {
      throw new IllegalArgumentException("the share to remove is " + share + ", allowed is from 0 to below 1; a quarter is 0.25");
    }
    Objects.requireNonNull(ranking, "ranking");
    Objects.requireNonNull(protection, "protection");
    if (multiple < 1) {
      throw new IllegalArgumentException("neurons in multiples of " + multiple + ", allowed are 1 or more");
    }
  }

  /** {@code share} of each part of each block. */
  public Width(double share) {
    this(share, Ranking.LOCAL, Protection.NONE, 1);
  }

  /** The same for another share. */
  public Width removing(double other) {
    return new Width(other, ranking, protection, multiple);
  }

  /** The same share, with all groups competing. */
  public Width global() {
    return new Width(share, Ranking.GLOBAL, protection, multiple);
  }

  /** With some blocks left as they are. */
  public Width protect(Protection some) {
    return new Width(share, ranking, some, multiple);
  }

  /** With neurons left in multiples of {@code neurons}. */
  public Width multiplesOf(int neurons) {
    return new Width(share, ranking, protection, neurons);
  }

  @Override
  public String toString() {
    String percent = new DecimalFormat("0.##%", DecimalFormatSymbols.getInstance(Locale.ROOT)).format(share);
    return percent + (ranking == Ranking.GLOBAL ? " global" : "") + (multiple == 1 ? "" : " in " + multiple + "s");
  }
}
