package secateur.kernel;

import java.util.List;
import picocli.CommandLine.Option;

/**
 * A shorter way to type some Java. Fields hold what the user typed after the name; {@link #java} writes the Java, and
 * the value of that Java is the value of the magic. The command's footer says what it writes.
 */
abstract class Magic {

  /** What a magic may ask about the session it will run in. */
  interface Session {
    /** Whether a variable of this name exists. */
    boolean has(String variable);

    /** What can follow {@code receiver.}, each with its opening parenthesis. */
    List<String> members(String receiver);
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

  /** Whether the lines below it are Java of the user's own, to be run after what it writes. */
  boolean leavesBody() {
    return false;
  }
}
