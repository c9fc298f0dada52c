package secateur.kernel;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jdk.jshell.Snippet;
import jdk.jshell.Snippet.SubKind;
import jdk.jshell.SourceCodeAnalysis.Suggestion;
import jdk.jshell.TypeDeclSnippet;
import jdk.jshell.VarSnippet;
import secateur.lab.KnownMethods;
import secateur.method.Method;

/** What magics may ask of our own evaluator. */
final class KernelSession implements Magic.Session {

  private final Supplier<Evaluator> evaluator;

  KernelSession(Supplier<Evaluator> evaluator) {
    this.evaluator = evaluator;
  }

  @Override
  public boolean has(String variable) {
    return evaluator.get().has(variable);
  }

  @Override
  public Optional<Object> value(String variable) {
    return evaluator.get().variables().named().stream().filter(each -> each.name().equals(variable)).findFirst()
        .map(Variables.Variable::value);
  }

  @Override
  public Stream<String> methods() {
    Set<String> records = declared(TypeDeclSnippet.class).filter(type -> type.subKind() == SubKind.RECORD_SUBKIND)
        .map(TypeDeclSnippet::name).collect(Collectors.toCollection(TreeSet::new));
    Set<String> types = new TreeSet<>(records);
    types.add(Method.class.getSimpleName());
    KnownMethods.PACKAGES.forEach(name -> KnownMethods.in(name).forEach(type -> types.add(type.getSimpleName())));
    return Stream.concat(records.stream().map(name -> name + "("),
        declared(VarSnippet.class).filter(v -> types.contains(Variables.type(v))).map(VarSnippet::name));
  }

  private <S extends Snippet> Stream<S> declared(Class<S> kind) {
    return evaluator.get().declarations().filter(kind::isInstance).map(kind::cast);
  }

  @Override
  public List<String> members(String receiver) {
    String code = receiver + ".";
    return evaluator.get().analysis().completionSuggestions(code, code.length(), new int[1]).stream()
        .map(Suggestion::continuation).distinct().toList();
  }
}
