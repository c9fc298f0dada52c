package secateur.cli;

import picocli.CommandLine.Option;
import secateur.text.Corpus;
import secateur.text.Windows;

/** Options: what perplexity is measured on. */
final class TestText {

  @Option(names = "--text", paramLabel = "TEXT", defaultValue = "java:test",
      description = "What perplexity is measured on: java, java:validation, java:test or a text file (default: ${DEFAULT-VALUE}).")
  private String text;

  @Option(names = "--windows", paramLabel = "N", defaultValue = "32", description = "How many windows of a text (default: ${DEFAULT-VALUE}).")
  private int windows;

  @Option(names = "--length", paramLabel = "L", defaultValue = "512", description = "Tokens of a window (default: ${DEFAULT-VALUE}).")
  private int length;

  Windows windows() {
    return windows(text);
  }

  /** As many windows, as long, of another text. */
  Windows windows(String corpus) {
    return Corpus.load(corpus).windows(windows, length);
  }
}
