package secateur.kernel;

/** The few colours of error texts; notebooks and terminals both understand them. */
final class Colour {

  /** Of what is done, in HTML. */
  static final String GREEN = "#3a8f4d";

  /** Of what is not. */
  static final String AMBER = "#d08030";

  private Colour() {}

  static String red(String text) {
    return "\u001b[1;31m" + text + "\u001b[0m";
  }

  static String dim(String text) {
    return "\u001b[2m" + text + "\u001b[0m";
  }
}
