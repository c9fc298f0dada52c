package secateur.kernel;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "%model",
    description = "Load a model and make a lab of it.",
    footer = "var model = Llm.load(\"NAME\"); var lab = new Lab(model, calibration, test); model")
final class ModelMagic extends Magic {

  @Parameters(paramLabel = "NAME", description = "A bundled model such as java-8m, or a directory.")
  String name;

  @Option(names = "--calibration", paramLabel = "CORPUS", defaultValue = "java",
      description = "Text that methods look at; ${DEFAULT-VALUE} unless told.")
  String calibration;

  @Option(names = "--test", paramLabel = "CORPUS", defaultValue = "java:test",
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
        var model = Llm.load(%s);
        var lab = new Lab(model, %s, %s);
        model""".formatted(JavaText.literal(JavaText.unquoted(name)), corpus(calibration), corpus(test));
  }

  private String corpus(String corpus) {
    return "Corpus.load(%s).windows(%d, %d)".formatted(JavaText.literal(JavaText.unquoted(corpus)), windows, length);
  }

  @Override
  boolean needsLab() {
    return false;
  }
}
