package secateur.kernel;

import java.util.List;
import org.dflib.jjava.jupyter.Extension;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.jupyter.kernel.magic.MagicsRegistry;
import picocli.CommandLine;
import secateur.tensor.Progress;

/** Adds imports, renderers, magics and progress to a kernel built on jjava-jupyter: ours, or a stock JJava. */
public final class SecateurExtension implements Extension {

  /** A kernel of others does not say which variables it has; its compiler will. */
  private static final Magic.Session UNKNOWN = new Magic.Session() {
    @Override
    public boolean has(String variable) {
      return true;
    }

    @Override
    public List<String> members(String receiver) {
      return List.of();
    }
  };

  @Override
  public void install(BaseKernel kernel) {
    Renderers.register(kernel.getRenderer());
    Progress.listener(new CellProgress(kernel));
    Imports.lines().forEach(line -> runImport(kernel, line));
    Magics magics = new Magics(UNKNOWN, new MagicsRegistry());
    Magics.commands().filter(SecateurExtension::worksAnywhere).forEach(command -> register(command, magics, kernel.getMagicsRegistry()));
  }

  @Override
  public void uninstall(BaseKernel kernel) {
    Progress.listener(state -> {});
  }

  /** Only our own evaluator goes on in the body of a cell magic. */
  private static boolean worksAnywhere(CommandLine command) {
    return !((Magic) command.getCommand()).leavesBody();
  }

  private static void runImport(BaseKernel kernel, String line) {
    try {
      kernel.evalRaw(line);
    } catch (RuntimeException e) {
      System.err.println(line + " failed: " + e.getMessage());
    }
  }

  private static void register(CommandLine command, Magics magics, MagicsRegistry registry) {
    String name = Magics.name(command);
    Magic magic = command.getCommand();
    if (magic.takesBody()) {
      registry.registerCellMagic(name, (BaseKernel kernel, List<String> words, String body) ->
          show(kernel, magics.java(new MagicCall("", name, String.join(" ", words), body, ""))));
    } else {
      registry.registerLineMagic(name, (BaseKernel kernel, List<String> words) ->
          show(kernel, magics.java(new MagicCall("", name, String.join(" ", words), null, ""))));
    }
  }

  /** Displays the value: jjava-jupyter 1.0-a6 itself drops the values of magics (dflib/jjava#110). */
  private static Object show(BaseKernel kernel, String java) {
    Object value = kernel.evalRaw(java);
    if (value != null) {
      kernel.display(kernel.getRenderer().render(value));
    }
    return null;
  }
}
