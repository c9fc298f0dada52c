package secateur.kernel;

import java.util.List;
import java.util.function.Supplier;
import jdk.jshell.SourceCodeAnalysis.Suggestion;

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
  public List<String> members(String receiver) {
    String code = receiver + ".";
    return evaluator.get().analysis().completionSuggestions(code, code.length(), new int[1]).stream()
        .map(Suggestion::continuation).distinct().toList();
  }
}
