package secateur.cli;

import java.util.Locale;

/** Text in lines. */
final class Lines {

  private Lines() {}

  /** {@code text} broken at blanks into lines of at most {@code width} characters. */
  static String wrapped(String text, int width) {
    StringBuilder lines = new StringBuilder();
    int column = 0;
    for (String word : text.split(" ")) {
      boolean fits = column + 1 + word.length() <= width;
      lines.append(column == 0 ? "" : fits ? " " : "\n").append(word);
      column = column == 0 || !fits ? word.length() : column + 1 + word.length();
    }
    return lines.toString();
  }

  /** {@code text} with two blanks before each line. */
  static String indented(String text) {
    return text.strip().indent(2).stripTrailing();
  }

  /** {@code 1 method}, {@code 2 methods}. */
  static String count(int number, String thing) {
    return String.format(Locale.ROOT, "%d %s%s", number, thing, number == 1 ? "" : "s");
  }
}
