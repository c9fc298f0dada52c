package secateur.kernel;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;

/**
 * One of our magics up to the cursor.
 *
 * @param command how it is used
 * @param text what is typed of it
 * @param words where its words begin in the text
 */
record TypedMagic(CommandLine command, String text, int words) {

  private static final Pattern HEAD = Pattern.compile("[^%\\n]*%%?\\w+[ \\t]*");

  static Optional<TypedMagic> at(String text) {
    Matcher head = HEAD.matcher(text);
    return MagicCall.at(text).filter(call -> head.lookingAt()).flatMap(call -> Magics.find(call.name()))
        .map(command -> new TypedMagic(command, text, head.end()));
  }

  Magic magic() {
    return command.getCommand();
  }

  private boolean inBody() {
    return text.indexOf('\n', words) >= 0;
  }

  /** Where the method begins that is being typed; empty where none is. */
  OptionalInt methodStart() {
    if (magic().packages().isEmpty() || magic().takesBody() != inBody()) {
      return OptionalInt.empty();
    }
    int line = magic().takesBody() ? text.lastIndexOf('\n') + 1 : words;
    int blanks = text.length() - line - text.substring(line).stripLeading().length();
    return text.startsWith("-", line) ? OptionalInt.empty() : OptionalInt.of(line + blanks);
  }

  /** Where lines of plain Java begin in the body; empty where none do. */
  OptionalInt javaStart() {
    return magic().leavesBody() && inBody() ? OptionalInt.of(text.indexOf('\n', words) + 1) : OptionalInt.empty();
  }

  /** What makes Java of a method that is being typed, written in front. */
  static String before(String method) {
    return "secateur.method.Method $method = " + (JavaText.isConstruction(method) ? "new " : "");
  }
}
