package secateur.cli;

import picocli.CommandLine.Option;
import secateur.measure.Exposure;

/** Options: what teachers and students write to be learned from and to be measured with. */
final class StudentWriting {

  private static final int SHARE = 8;
  private static final int CHUNKS = 4;

  @Option(names = "--prompt", paramLabel = "N", defaultValue = "64", description = "Tokens of a window that are continued (default: ${DEFAULT-VALUE}).")
  int prompt;

  @Option(names = "--written", paramLabel = "N", defaultValue = "193",
      description = "Tokens written after them; as many are drawn to measure with (default: ${DEFAULT-VALUE}, which makes 256 to predict).")
  int written;

  @Option(names = "--sequences", paramLabel = "N", defaultValue = "1024", description = "Texts that the teacher writes for sequence KD (default: ${DEFAULT-VALUE}).")
  int sequences;

  @Option(names = "--own-steps", paramLabel = "N",
      description = "Steps of MiniLLM and GKD, each of as many tokens as one of the others, after logit KD in the rest (default: an eighth of --steps).")
  private Integer steps;

  @Option(names = "--own-texts", paramLabel = "N", description = "Texts that MiniLLM draws at a time (default: those of 4 steps).")
  private Integer texts;

  @Option(names = "--own-rate", paramLabel = "R", defaultValue = "0.0002", description = "Peak rate of MiniLLM and GKD (default: ${DEFAULT-VALUE}).")
  double rate;

  /** Tokens that a text has to predict. */
  int read() {
    return prompt + written - 1;
  }

  /** Texts in which there is as much to predict as in {@code tokens} tokens, at least one. */
  int rows(long tokens) {
    return (int) Math.max(1, Math.round((double) tokens / read()));
  }

  /** Of {@code all} steps, those on the student's own texts; an error where none is left before. */
  int steps(int all) {
    int own = steps == null ? Math.max(1, all / SHARE) : steps;
    if (own < 1 || own >= all) {
      throw new IllegalArgumentException("--own-steps is " + own + " of " + all + " steps; allowed is 1 or more, with 1 or more left before");
    }
    return own;
  }

  /** Texts drawn at a time, for {@code rows} in a step. */
  int texts(int rows) {
    return texts == null ? CHUNKS * rows : texts;
  }

  Exposure.Draw draw() {
    return new Exposure.Draw(prompt, written, 0);
  }
}
