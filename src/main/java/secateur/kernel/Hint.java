package secateur.kernel;

import java.util.List;
import secateur.course.NotYet;
import secateur.course.Release;

/** One helpful sentence about an answer that fails a test. */
final class Hint {

  /** Of an answer whose test would pass otherwise. */
  static final String PRINTS = "something is printed to System.err while the test runs, which then brings no points: print to System.out, or not at all";

  private static final int LONGEST = 400;

  private Hint() {}

  /** What {@code error}, which a test met, says to the student. */
  static String of(CellError error) {
    String message = error.getMessage() == null ? "" : error.getMessage().replaceAll("\\s+", " ").strip();
    if (error.name().equals(NotYet.class.getName()) || error.name().equals(PRINTS)) {
      return cut(message);
    }
    if (message.equals(Release.TO_BE_WRITTEN)) {
      return Release.TO_BE_WRITTEN;
    }
    return cut(problem(error.name(), message, error.origin().isEmpty()) + error.origin().map(line -> " (" + line + ")").orElse(""));
  }

  private static String problem(String name, String message, boolean ofTest) {
    return switch (name) {
      case "CompileError" -> (ofTest ? "the test cannot use your answer: " : "this does not compile: ") + message;
      case "UnresolvedReference" -> message;
      case "java.lang.StackOverflowError" -> "a method calls itself without end (StackOverflowError)";
      default -> name.substring(name.lastIndexOf('.') + 1).replace('$', '.') + (message.isEmpty() ? "" : ": " + message);
    };
  }

  /** Of a cell that declares classes or variables of these names. */
  static String shadows(List<String> names) {
    return String.join(" and ", names) + " is the name of a class that all cells use, tests too: choose another name";
  }

  private static String cut(String sentence) {
    return sentence.length() > LONGEST ? sentence.substring(0, LONGEST) + "…" : sentence;
  }

  /** With a full stop, if it ends in none. */
  static String ended(String sentence) {
    return sentence.matches("(?s).*[.!?…]") ? sentence : sentence + ".";
  }
}
