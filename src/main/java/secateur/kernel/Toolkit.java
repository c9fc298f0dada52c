package secateur.kernel;

import java.util.List;
import java.util.stream.Collectors;
import org.dflib.jjava.jupyter.kernel.magic.MagicsRegistry;
import picocli.CommandLine;
import secateur.tensor.Progress;

/** What Secateur brings to a notebook kernel: views, progress, imports and magics. */
public final class Toolkit {

  private Toolkit() {}

  /** Brings all of it to {@code host}, which from then on is the notebook of this process. */
  public static void install(Host host) {
    Notebook.screen(host);
    Views.showIn(host);
    Progress.listener(new TaskProgress(new CellProgress(host)));
    Imports.lines().forEach(line -> runImport(host, line));
    Magics magics = new Magics(new HostSession(host), new MagicsRegistry());
    Magics.commands().filter(Toolkit::worksAnywhere).forEach(command -> register(command, magics, host));
  }

  /** Only our own evaluator goes on in the body of a cell magic. */
  private static boolean worksAnywhere(CommandLine command) {
    return !((Magic) command.getCommand()).leavesBody();
  }

  /** The process has no notebook any more. */
  public static void uninstall() {
    Notebook.screen(new Console());
    Progress.listener(state -> {});
  }

  private static void runImport(Host host, String line) {
    try {
      host.evaluate(line);
    } catch (Exception e) {
      System.err.println(line + " failed: " + e.getMessage());
    }
  }

  private static void register(CommandLine command, Magics magics, Host host) {
    String name = Magics.name(command);
    Host.MagicBody body = (words, lines) -> run(host, magics.java(new MagicCall("", name, line(words), lines, "")));
    Magic magic = command.getCommand();
    if (magic.takesBody()) {
      host.cellMagic(name, body);
    } else {
      host.lineMagic(name, body);
    }
  }

  /** The words as they were typed: a word with blanks in it stood in quotes. */
  private static String line(List<String> words) {
    return words.stream().map(word -> word.matches("\\S+") ? word : JavaText.literal(word))
        .collect(Collectors.joining(" "));
  }

  private static Object run(Host host, String java) throws Exception {
    Object value = evaluate(host, java);
    if (value != null && !host.showsMagicValues()) {
      Notebook.display(value);
    }
    return value;
  }

  /** JJava and IJava have a CompilationException each, whose message does not say what failed. */
  private static Object evaluate(Host host, String java) throws Exception {
    try {
      return host.evaluate(java);
    } catch (Exception e) {
      boolean compiles = !e.getClass().getSimpleName().equals("CompilationException");
      throw compiles ? e : new IllegalArgumentException("the Java that it writes does not compile: " + java, e);
    }
  }
}
