package secateur.cli;

import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import secateur.lab.Lab;
import secateur.model.Llm;
import secateur.text.Windows;

/** Options: what methods calibrate on and what perplexity is measured on. */
final class Texts {

  @Option(names = "--calibration", paramLabel = "TEXT", defaultValue = "java",
      description = "What methods calibrate on: java or a text file (default: ${DEFAULT-VALUE}).")
  private String calibration;

  @Mixin
  private TestText test;

  /** A lab of {@code model} with these texts. */
  Lab lab(Llm model) {
    return new Lab(model, calibration(), windows());
  }

  /** What methods calibrate on. */
  Windows calibration() {
    return test.windows(calibration);
  }

  /** What perplexity is measured on. */
  Windows windows() {
    return test.windows();
  }
}
