package secateur.kernel;

import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import secateur.lab.Lab;
import secateur.model.Llm;
import secateur.model.Bundled;

@Command(
    name = "%model",
    description = "Load a model and make a lab of it.",
    footer = "var model = Llm.load(\"NAME\"); var lab = new Lab(model, calibration, test); model")
final class ModelMagic extends Magic {

  private static final class Corpora implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return List.of("java", "java:validation", "java:test").iterator();
    }
  }

  @Parameters(paramLabel = "NAME", description = "A bundled model such as java-8m, a directory, or org/name of the Hugging Face hub.")
  String name;

  @Option(names = "--calibration", paramLabel = "CORPUS", defaultValue = "java", completionCandidates = Corpora.class,
      description = "Text that methods look at; ${DEFAULT-VALUE} unless told.")
  String calibration;

  @Option(names = "--test", paramLabel = "CORPUS", defaultValue = "java:test", completionCandidates = Corpora.class,
      description = "Text that perplexity is measured on; ${DEFAULT-VALUE} unless told.")
  String test;

  @Option(names = "--windows", paramLabel = "N", defaultValue = "32",
      description = "Windows of each text; ${DEFAULT-VALUE} unless told.")
  int windows;

  @Option(names = "--length", paramLabel = "TOKENS", defaultValue = "512",
      description = "Tokens of a window; ${DEFAULT-VALUE} unless told.")
  int length;

  @Override
  String java(String body, Session session) {
    return """
        %s = Llm.load(%s);
        %s = new Lab(model, %s, %s);
        model""".formatted(target("model", Llm.class, session), JavaText.literal(JavaText.unquoted(name)), target("lab", Lab.class, session), corpus(calibration), corpus(test));
  }

  /** A variable that is there keeps its value until it gets another: a declaration that fails would empty it. */
  private static String target(String variable, Class<?> type, Session session) {
    return session.value(variable).filter(type::isInstance).isPresent() ? variable : "var " + variable;
  }

  private String corpus(String corpus) {
    return "Corpus.load(%s).windows(%d, %d)".formatted(JavaText.literal(JavaText.unquoted(corpus)), windows, length);
  }

  @Override
  boolean needsLab() {
    return false;
  }

  @Override
  Stream<String> words(List<String> before, String typed, Session session) {
    return before.isEmpty() ? Stream.concat(Bundled.NAMES.stream(), ModelDirectories.like(typed)) : Stream.of();
  }
}
