package secateur.kernel;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jdk.jshell.DeclarationSnippet;
import jdk.jshell.JShell;
import jdk.jshell.PersistentSnippet;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;
import jdk.jshell.VarSnippet;

/** Runs cells of Java and magics in this JVM through JShell, and hands out the values themselves, not their text. */
final class Evaluator implements AutoCloseable {

  private final Execution execution = new Execution();
  private final Map<String, Place> places = new HashMap<>();
  private final JShell shell;
  private final String classPath;
  private final Variables variables;
  private final MagicWriter magics;
  private TimeLimit limit = TimeLimit.NONE;
  private volatile CellError ending;

  /**
   * @param classPath what cells can name
   * @param magics writes the Java of a magic
   */
  Evaluator(String classPath, MagicWriter magics) {
    this(List.of("-classpath", classPath), magics);
  }

  /**
   * @param compilerOptions of javac, with the class path
   * @param magics writes the Java of a magic
   */
  Evaluator(List<String> compilerOptions, MagicWriter magics) {
    this.magics = magics;
    classPath = compilerOptions.get(compilerOptions.indexOf("-classpath") + 1);
    shell = JShell.builder()
        .executionEngine(Execution.provider(execution), Map.of())
        .compilerOptions(compilerOptions.toArray(String[]::new))
        .build();
    variables = new Variables(shell, execution);
  }

  /** Evaluates import declarations and leaves out those that name nothing. */
  void imports(List<String> declarations) {
    List<String> packages = declarations.stream().filter(line -> line.endsWith(".*;")).toList();
    if (!packages.isEmpty() && !isImported(String.join("\n", packages))) { // JShell takes many for one: a compilation each is slow
      packages.forEach(shell::eval);
    }
    declarations.stream().filter(line -> !packages.contains(line)).forEach(shell::eval);
  }

  private boolean isImported(String declarations) {
    return shell.eval(declarations).stream().allMatch(event -> event.status() == Snippet.Status.VALID);
  }

  /** What a top-level statement may take from now on. */
  void limit(TimeLimit newLimit) {
    limit = newLimit;
  }

  /**
   * The value of the cell's last expression; null if it ends in a statement, a declaration or an assignment.
   *
   * @throws CellError if anything in it fails; what stood before the failure has run
   */
  Object evaluate(String cell, int number) {
    ending = null;
    variables.forgetUnnamed();
    CellCursor cursor = new CellCursor(cell, number);
    List<Snippet> recoverable = new ArrayList<>();
    Object value = null;
    try {
      while (cursor.more()) {
        value = next(cursor, recoverable);
      }
    } finally {
      execution.lost().forEach(name -> System.out.println(name + " is null now, because its class was declared anew; make it again"));
    }
    notice(recoverable);
    return value;
  }

  private Object next(CellCursor cursor, List<Snippet> recoverable) {
    Optional<MagicCall> call = cursor.magic();
    if (call.isEmpty()) {
      return run(cursor, cursor.rest(), recoverable);
    }
    CellCursor written = cursor.written(call.get(), call.get().target() + magics.java(call.get()));
    Object value = null;
    while (written.more()) {
      value = run(written, written.rest(), recoverable);
    }
    cursor.moveTo(magics.leavesBody(call.get()) ? call.get().body() : call.get().rest());
    return value;
  }

  private Object run(CellCursor cursor, String source, List<Snippet> recoverable) {
    CompletionInfo info = analysis().analyzeCompletion(source);
    String snippet = info.source() == null || info.source().isBlank() ? source : info.source();
    Object value = run(snippet, cursor.place(), recoverable);
    cursor.moveTo(info.source() == null || info.source().isBlank() ? "" : info.remaining());
    return value;
  }

  private Object run(String source, Place place, List<Snippet> recoverable) {
    stopIfInterrupted();
    Object value = null;
    for (SnippetEvent event : limit.watch(this, () -> shell.eval(source))) {
      places.put(event.snippet().id(), event.causeSnippet() == null ? place : places.get(event.snippet().id()));
      stopIfInterrupted();
      check(event, place);
      if (isRecoverable(event.status())) {
        recoverable.add(event.snippet());
      }
      value = event.causeSnippet() == null && hasValue(event.snippet()) ? execution.value() : value;
    }
    return value;
  }

  private void check(SnippetEvent event, Place place) {
    if (event.status() == Snippet.Status.REJECTED) {
      throw new CompileError(new Unresolved(analysis())).of(shell.diagnostics(event.snippet()).toList(), event.snippet().source(), place);
    }
    if (event.exception() != null) {
      throw new ThrownError(places, this::source, this::missing).of(event.exception(), execution.failure());
    }
  }

  private static boolean isRecoverable(Snippet.Status status) {
    return status == Snippet.Status.RECOVERABLE_DEFINED || status == Snippet.Status.RECOVERABLE_NOT_DEFINED;
  }

  private static boolean hasValue(Snippet snippet) {
    return snippet.subKind() == Snippet.SubKind.TEMP_VAR_EXPRESSION_SUBKIND
        || snippet.kind() == Snippet.Kind.EXPRESSION && snippet.subKind() != Snippet.SubKind.ASSIGNMENT_SUBKIND;
  }

  private String source(String id) {
    return shell.snippets().filter(snippet -> snippet.id().equals(id)).map(Snippet::source).reduce((dropped, last) -> last).orElse("");
  }

  /** Says which declarations still wait for something, once the whole cell is in. */
  private void notice(List<Snippet> recoverable) {
    recoverable.stream().filter(snippet -> isRecoverable(shell.status(snippet)))
        .map(DeclarationSnippet.class::cast).distinct().map(this::waits).forEach(System.out::println);
  }

  private String waits(DeclarationSnippet snippet) {
    List<String> names = shell.unresolvedDependencies(snippet).toList();
    return names.isEmpty() ? snippet.name() + " must be declared again, because what it was made of was declared anew"
        : snippet.name() + " is declared, but cannot be used until " + String.join(", ", names) + " is" + meant(snippet);
  }

  private String meant(DeclarationSnippet snippet) {
    return shell.unresolvedDependencies(snippet).map(new Unresolved(analysis())::meant).collect(Collectors.joining());
  }

  /** What a declaration waits for. */
  private String missing(DeclarationSnippet snippet) {
    List<String> names = shell.unresolvedDependencies(snippet).toList();
    return names.isEmpty() ? "something that is not defined yet" : String.join(" and ", names) + ", which is not defined" + meant(snippet);
  }

  private void stopIfInterrupted() {
    if (ending != null) {
      throw ending;
    }
  }

  /** From now on nothing more of the running cell is begun, and it ends in this error. */
  void interrupt(CellError error) {
    ending = error;
  }

  Execution execution() {
    return execution;
  }

  Variables variables() {
    return variables;
  }

  /** Ends the user code that runs now. */
  void stop() {
    shell.stop();
  }

  /** Whether a variable of this name exists. */
  boolean has(String variable) {
    return shell.variables().filter(v -> shell.status(v) == Snippet.Status.VALID).map(VarSnippet::name)
        .anyMatch(variable::equals);
  }

  /** Forgets what the cells of this number declared. */
  void forget(int number) {
    declared(number).forEach(this::drop);
  }

  /** Forgets what they declared under the name of a class that every cell can use; the names. */
  List<String> unshadow(int number) {
    List<Snippet> shadows = declared(number).stream().filter(Shadows::isOne).toList();
    shadows.forEach(this::drop);
    return shadows.stream().map(snippet -> ((PersistentSnippet) snippet).name()).toList();
  }

  private void drop(Snippet snippet) {
    try {
      shell.drop(snippet);
    } catch (AssertionError e) {
      // javac's, over the signature of a method that needed it; the snippet is dropped all the same
    }
  }

  private List<Snippet> declared(int number) {
    return declarations().filter(snippet -> places.containsKey(snippet.id()) && places.get(snippet.id()).cell() == number).toList();
  }

  /** What is declared now. */
  Stream<Snippet> declarations() {
    return shell.snippets().filter(snippet -> snippet instanceof PersistentSnippet && shell.status(snippet).isActive());
  }

  String classPath() {
    return classPath;
  }

  SourceCodeAnalysis analysis() {
    return shell.sourceCodeAnalysis();
  }

  @Override
  public void close() {
    shell.close();
  }
}
