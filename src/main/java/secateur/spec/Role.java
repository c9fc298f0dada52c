package secateur.spec;

import java.util.Locale;

/** What a linear layer does in its block; {@link #QKV} where the checkpoint fuses the three. */
public enum Role {
  Q, K, V, QKV, O, GATE, UP, DOWN;

  /** As in layer names: {@code "0.q"}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether this layer belongs to attention rather than to the MLP. */
  public boolean attention() {
    return ordinal() <= O.ordinal();
  }
}
