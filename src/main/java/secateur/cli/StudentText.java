package secateur.cli;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.IntStream;
import picocli.CommandLine.Option;
import secateur.text.Corpus;
import secateur.text.TokenFile;
import secateur.text.Windows;
import secateur.train.TokenWindows;

/** Options: what students are taught on, and how much of it. */
final class StudentText {

  static final int LENGTH = 512;

  @Option(names = "--tokens", paramLabel = "FILE", description = "Token ids to train on, uint16, as pretrain takes them; the corpus java without.")
  private Path tokens;

  @Option(names = "--seed", paramLabel = "S", defaultValue = "1", description = "Of the windows that are taken of it (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(names = "--steps", paramLabel = "N", defaultValue = "400", description = "Steps of each student (default: ${DEFAULT-VALUE}).")
  int steps;

  @Option(names = "--batch", paramLabel = "N", defaultValue = "64", description = "Windows of 512 tokens in a step (default: ${DEFAULT-VALUE}).")
  int batch;

  /** As many windows as all steps read, of one token more than is read; those of the corpus java are fewer and read again. */
  Windows windows() {
    if (steps < 1 || batch < 1) {
      throw new IllegalArgumentException("--steps is " + steps + " and --batch " + batch + "; allowed are 1 or more");
    }
    if (tokens == null) {
      return Corpus.load("java").windows(LENGTH + 1);
    }
    TokenWindows all = new TokenWindows(TokenFile.open(tokens), batch, LENGTH, seed);
    return Windows.of(IntStream.range(0, steps).boxed().flatMap(step -> Arrays.stream(all.batch(step))).toArray(long[][]::new));
  }

  /** What a figure says of it. */
  String protocol() {
    return String.format(Locale.ROOT, "taught in %d steps of %d windows of %d tokens of %s", steps, batch, LENGTH,
        tokens == null ? "the corpus java" : tokens.getFileName() + ", seed " + seed);
  }
}
