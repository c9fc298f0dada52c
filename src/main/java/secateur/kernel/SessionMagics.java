package secateur.kernel;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Magics that look at the session itself, with or without a lab. */
final class SessionMagics {

  private static final String WORKSPACE = "secateur.kernel.Workspace.";

  private SessionMagics() {}

  abstract static class Look extends Magic {

    @Override
    boolean needsLab() {
      return false;
    }
  }

  @Command(name = "%who", description = "List the variables of this session.", footer = WORKSPACE + "variables()")
  static final class Who extends Look {
    @Override
    String java(String body, Session session) {
      return WORKSPACE + "variables()";
    }
  }

  @Command(name = "%memory", description = "Show what arrays and the process take, and what is left.",
      footer = WORKSPACE + "memory()")
  static final class Held extends Look {
    @Override
    String java(String body, Session session) {
      return WORKSPACE + "memory()";
    }
  }

  @Command(name = "%device", description = "Show what this session computes on.", footer = WORKSPACE + "device()")
  static final class Computes extends Look {
    @Override
    String java(String body, Session session) {
      return WORKSPACE + "device()";
    }
  }

  @Command(name = "%%check", description = "Run the Java below, the answer to a task of the course, and say what it lacks.",
      footer = "secateur.kernel.Exercise.check(\"TASK\")")
  static final class Checked extends Look {

    @Parameters(paramLabel = "TASK", description = "The task's name.")
    private String task;

    @Override
    String java(String body, Session session) {
      return "secateur.kernel.Exercise.check(" + JavaText.literal(JavaText.unquoted(task)) + ");";
    }

    @Override
    boolean takesBody() {
      return true;
    }

    @Override
    boolean leavesBody() {
      return true;
    }
  }

  @Command(name = "%%time", description = "Run the Java below, and say how long it took.", footer = WORKSPACE + "time()")
  static final class Time extends Look {
    @Override
    String java(String body, Session session) {
      return WORKSPACE + "time();";
    }

    @Override
    boolean takesBody() {
      return true;
    }

    @Override
    boolean leavesBody() {
      return true;
    }
  }
}
