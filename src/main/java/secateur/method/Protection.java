package secateur.method;

/** Which blocks stay as they are: the first ones build the features that all others use, the last ones the prediction. */
public sealed interface Protection {

  /** No block. */
  Protection NONE = new Blocks(0, 0);

  /** How many blocks at the beginning of {@code blocks} stay. */
  int first(int blocks);

  /** How many blocks at the end of {@code blocks} stay. */
  int last(int blocks);

  /** Whether block {@code index} of {@code blocks} may lose something. */
  default boolean open(int index, int blocks) {
    return index >= first(blocks) && index < blocks - last(blocks);
  }

  /** Refuses to protect all of {@code blocks}. */
  default void check(int blocks) {
    if (first(blocks) + last(blocks) >= blocks) {
      throw new IllegalArgumentException("the first " + first(blocks) + " and the last " + last(blocks)
          + " blocks stay, but there are only " + blocks);
    }
  }

  /** So many. */
  record Blocks(int first, int last) implements Protection {
    public Blocks {
      if (first < 0 || last < 0) {
        throw new IllegalArgumentException(first + " blocks at the beginning and " + last + " at the end stay; neither can be negative");
      }
    }

    @Override
    public int first(int blocks) {
      return first;
    }

    @Override
    public int last(int blocks) {
      return last;
    }
  }

  /** A share of all blocks, rounded down. */
  record Shares(double first, double last) implements Protection {
    public Shares {
      if (!(first >= 0 && last >= 0 && first + last < 1)) {
        throw new IllegalArgumentException("shares " + first + " and " + last + " of the blocks stay; both from 0, together below 1, are allowed");
      }
    }

    @Override
    public int first(int blocks) {
      return (int) (first * blocks);
    }

    @Override
    public int last(int blocks) {
      return (int) (last * blocks);
    }
  }
}
