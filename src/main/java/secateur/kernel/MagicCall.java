package secateur.kernel;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A magic as it was typed: {@code var x = %name words}, or {@code %%name words} over a body that runs to the end.
 *
 * @param target what stands before the percent sign, {@code "var x = "}, or empty
 * @param name the magic's name
 * @param words the rest of its line
 * @param body the lines under a cell magic; null for a line magic
 * @param rest the source after it
 */
record MagicCall(String target, String name, String words, String body, String rest) {

  private static final Pattern SKIPPED = Pattern.compile("(?:\\s++|//[^\\n]*+|/\\*(?s:.*?)\\*/)*+");
  private static final Pattern CELL =
      Pattern.compile("%%(?<name>\\w+)[ \\t]*(?<words>[^\\n]*)(?:\\n(?<body>(?s:.*)))?");
  private static final Pattern LINE = Pattern.compile(
      "(?<target>[\\w$.<>\\[\\], \\t]+=[ \\t]*)?%(?<name>[A-Za-z]\\w*)[ \\t]*(?<words>[^\\n]*)(?:\\n|\\z)");

  /** The magic that the source begins with, after blank lines and comments. */
  static Optional<MagicCall> at(String source) {
    int start = skipped(source);
    Matcher cell = CELL.matcher(source).region(start, source.length());
    if (cell.matches()) {
      String body = Optional.ofNullable(cell.group("body")).orElse("");
      return Optional.of(new MagicCall("", cell.group("name"), cell.group("words").strip(), body, ""));
    }
    Matcher line = LINE.matcher(source).region(start, source.length());
    return line.lookingAt() ? Optional.of(line(line, source)) : Optional.empty();
  }

  private static MagicCall line(Matcher line, String source) {
    String target = Optional.ofNullable(line.group("target")).orElse("");
    return new MagicCall(target, line.group("name"), line.group("words").strip(), null, source.substring(line.end()));
  }

  /** Where the first thing that is neither blank nor comment stands. */
  static int skipped(String source) {
    Matcher matcher = SKIPPED.matcher(source);
    return matcher.lookingAt() ? matcher.end() : 0;
  }

  boolean isCell() {
    return body != null;
  }

  /** The call as the user wrote it, without body. */
  @Override
  public String toString() {
    return (target + (isCell() ? "%%" : "%") + name + " " + words).strip();
  }
}
