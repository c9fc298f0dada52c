package secateur.kernel;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/**
 * A shorter way to type some Java. Fields hold what the user typed after the name; {@link #java} writes the Java, and
 * the value of that Java is the value of the magic. The command's footer says what it writes.
 */
abstract class Magic {

  /** What a magic may ask about the session it will run in. */
  interface Session {
    /** One that does not say which variables it has; its compiler will. */
    Session UNKNOWN = new Session() {
      @Override
      public boolean has(String variable) {
        return true;
      }

      @Override
      public List<String> members(String receiver) {
        return List.of();
      }
    };

    /** Whether a variable of this name exists. */
    boolean has(String variable);

    /** What can follow {@code receiver.}, each with its opening parenthesis. */
    List<String> members(String receiver);

    /** The value of a variable; empty where it has none, or where the session does not say. */
    default Optional<Object> value(String variable) {
      return Optional.empty();
    }

    /** Variables that may hold a method, and the records declared in the session, which may be methods. */
    default Stream<String> methods() {
      return Stream.of();
    }
  }

  @Option(names = {"-h", "--help"}, usageHelp = true, description = "Say how this magic is used.")
  boolean help;

  /**
   * The Java that stands for this call.
   *
   * @param body the lines below a cell magic; empty for a line magic
   */
  abstract String java(String body, Session session);

  /** Whether it works on the lab of {@code %model}. */
  boolean needsLab() {
    return true;
  }

  /** Whether it takes the lines below it, {@code %%name}. */
  boolean takesBody() {
    return false;
  }

  /** The packages of the methods that it takes, written in Java; none where it takes plain words. */
  List<String> packages() {
    return List.of();
  }

  /**
   * Words that may stand after others, for completion; the caller drops those that do not go on what is typed.
   *
   * @param before the words in front, options and their values not counted
   * @param typed what is there of the word
   */
  Stream<String> words(List<String> before, String typed, Session session) {
    return Stream.of();
  }

  /** Whether the lines below it are Java of the user's own, to be run after what it writes. */
  boolean leavesBody() {
    return false;
  }
}
