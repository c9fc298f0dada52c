package secateur.method;

import java.util.function.Supplier;

/** Says which layer an error is about. */
final class Layers {

  private Layers() {}

  static void named(String layer, Runnable check) {
    named(layer, () -> {
      check.run();
      return null;
    });
  }

  static <T> T named(String layer, Supplier<T> work) {
    try {
      return work.get();
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new IllegalArgumentException("layer " + layer + ": " + e.getMessage(), e);
    }
  }
}
