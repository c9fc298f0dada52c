package secateur.kernel;

/** The few colours of error texts; notebooks and terminals both understand them. */
final class Colour {

  private Colour() {}

  static String red(String text) {
    return "\u001b[1;31m" + text + "\u001b[0m";
  }

  static String dim(String text) {
    return "\u001b[2m" + text + "\u001b[0m";
  }
}
