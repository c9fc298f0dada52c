package secateur.kernel;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.dflib.jjava.jupyter.kernel.BaseNotebookStatics;
import org.dflib.jjava.jupyter.kernel.magic.MagicsRegistry;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;

/** All magics: finds one by name and has it write its Java. */
final class Magics implements MagicWriter {

  private static final List<Supplier<Magic>> ALL = List.of(
      ModelMagic::new, LabMagics.Measure::new, MethodMagics.Prune::new, MethodMagics.Quantize::new, MethodMagics.Distill::new,
      MethodMagics.Compare::new, MethodMagics.Plan::new, LabMagics.Undo::new, LabMagics.ShowTable::new, LabMagics.Chart::new,
      LabMagics.Report::new, LabMagics.Generate::new, LabMagics.Save::new, SessionMagics.Who::new,
      SessionMagics.Held::new, SessionMagics.Computes::new, SessionMagics.Time::new, SessionMagics.Checked::new, LabMagics.Overview::new);

  private static final int WIDTH = 100;

  private final Magic.Session session;
  private final MagicsRegistry others;

  /**
   * @param session where the Java will run
   * @param others magics that other extensions registered by name
   */
  Magics(Magic.Session session, MagicsRegistry others) {
    this.session = session;
    this.others = others;
  }

  @Override
  public boolean leavesBody(MagicCall call) {
    return find(call.name()).map(command -> ((Magic) command.getCommand()).leavesBody()).orElse(false);
  }

  @Override
  public String java(MagicCall call) {
    Optional<CommandLine> ours = find(call.name());
    return ours.isPresent() ? write(ours.get(), call) : foreign(call);
  }

  private String write(CommandLine command, MagicCall call) {
    Magic magic = command.getCommand();
    try {
      command.parseArgs(JavaText.words(call.words()).toArray(String[]::new));
    } catch (ParameterException e) {
      throw error(sentence(e.getMessage()) + "; write " + synopsis(command));
    }
    if (magic.help) {
      return "secateur.kernel.Notebook.magic(" + JavaText.literal(call.name()) + ")";
    }
    if (magic.takesBody() != call.isCell()) {
      throw error(magic.takesBody()
          ? "%%" + call.name() + " takes the lines below it: begin a cell with %%" + call.name()
          : "%" + call.name() + " stands in one line: write it with one percent sign");
    }
    if (magic.needsLab() && !session.has("lab")) {
      throw error("no model is loaded; run %model java-8m first");
    }
    return magic.java(call.isCell() ? call.body() : "", session);
  }

  private String foreign(MagicCall call) {
    Set<String> names = call.isCell() ? others.getCellMagicNames() : others.getLineMagicNames();
    if (!names.contains(call.name())) {
      throw error(unknown(call));
    }
    List<String> words = JavaText.words(call.words()).stream().map(JavaText::unquoted).map(JavaText::literal).toList();
    String list = "java.util.List.of(" + String.join(", ", words) + ")";
    String body = call.isCell() ? ", " + JavaText.literal(call.body()) : "";
    String arguments = JavaText.literal(call.name()) + ", " + list + body;
    return BaseNotebookStatics.class.getName() + (call.isCell() ? ".cellMagic(" : ".lineMagic(") + arguments + ")";
  }

  private String unknown(MagicCall call) {
    List<String> near = Nearest.to(call.name(), names());
    String meant = String.join(" or ", near.stream().map(Magics::typed).toList());
    String hint = near.isEmpty() ? "" : "did you mean " + meant + "? ";
    return "there is no magic %" + call.name() + "; " + hint + "%secateur lists them all";
  }

  private static String typed(String name) {
    return find(name).map(CommandLine::getCommandName).orElse("%" + name);
  }

  /** Names that begin so, of line magics or of cell magics. */
  List<String> namesLike(String prefix, boolean cell) {
    return names(cell).stream().filter(name -> name.startsWith(prefix)).toList();
  }

  private Set<String> names() {
    Set<String> names = names(true);
    names.addAll(names(false));
    return names;
  }

  private Set<String> names(boolean cell) {
    Set<String> names = new TreeSet<>(cell ? others.getCellMagicNames() : others.getLineMagicNames());
    commands().filter(command -> command.<Magic>getCommand().takesBody() == cell).map(Magics::name).forEach(names::add);
    return names;
  }

  /** These magics in a session of which nothing is known. */
  Magics anywhere() {
    return new Magics(Magic.Session.UNKNOWN, others);
  }

  /** How a magic is used; empty if it is none of ours. */
  static Optional<String> help(String name) {
    return find(name).map(command -> command.getUsageMessage(Ansi.OFF));
  }

  /** Our magics, in the order in which they are met in a session. */
  static Stream<CommandLine> commands() {
    return ALL.stream().map(Supplier::get).map(Magics::command);
  }

  /** The name without percent signs. */
  static String name(CommandLine command) {
    return command.getCommandName().replace("%", "");
  }

  static CellError error(String sentence) {
    return new CellError("MagicError", sentence, List.of(Colour.red("MagicError") + ": " + sentence));
  }

  /** One of ours by its name. */
  static Optional<CommandLine> find(String name) {
    return commands().filter(command -> name(command).equals(name)).findFirst();
  }

  private static CommandLine command(Magic magic) {
    CommandLine command = new CommandLine(magic);
    command.setExpandAtFiles(false);
    command.setUsageHelpWidth(WIDTH);
    command.getCommandSpec().usageMessage().sortOptions(false).abbreviateSynopsis(true);
    command.getCommandSpec().usageMessage().footerHeading("%nIt writes:%n  ");
    return command.setUnmatchedOptionsArePositionalParams(!(magic instanceof ModelMagic));
  }

  /** {@code %model [OPTIONS] NAME}; options are not mentioned where --help is the only one. */
  static String synopsis(CommandLine command) {
    String all = command.getHelp().synopsis(0).strip().replaceAll("\\s+", " ");
    return command.getCommandSpec().options().size() > 1 ? all : all.replace(" [OPTIONS]", "");
  }

  private static String sentence(String message) {
    return message.isEmpty() ? message : Character.toLowerCase(message.charAt(0)) + message.substring(1);
  }
}
