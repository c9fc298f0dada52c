package secateur.spec;

import java.util.Locale;

/** What a block has many of, each a group of weights that can only go together. */
public enum Part {
  /** A key-value head and its queries; a query head alone where all share one key-value head. */
  HEADS,
  /** A neuron of the MLP: its gate, its input weights, its output weights. */
  NEURONS;

  /** As manifests and charts say it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
