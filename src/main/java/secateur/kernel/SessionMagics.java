package secateur.kernel;

import picocli.CommandLine.Command;

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
