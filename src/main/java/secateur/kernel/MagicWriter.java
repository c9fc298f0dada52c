package secateur.kernel;

/** Writes the Java that magics stand for. */
@FunctionalInterface
interface MagicWriter {

  /** The Java of {@code call}, without its target. */
  String java(MagicCall call);

  /** Whether the body of {@code call} is the user's own Java, to be run after what the magic writes. */
  default boolean leavesBody(MagicCall call) {
    return false;
  }
}
