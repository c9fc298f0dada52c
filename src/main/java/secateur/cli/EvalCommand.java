package secateur.cli;

import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import secateur.measure.Accuracy;
import secateur.measure.Perplexity;
import secateur.measure.Size;
import secateur.model.Llm;

@Command(name = "eval", description = "Measure a model: perplexity, sparsity, size; with --task, how many questions it answers.",
    footer = {"", "Examples:", "  secateur eval java-8m", "  secateur eval out/small --text wiki.test.raw --windows 64 --length 256",
      "  secateur eval teacher --task arithmetic"})
final class EvalCommand extends Work {

  private static final double MIB = 1 << 20;

  @Parameters(paramLabel = "MODEL", description = "java-8m, or a directory in the Hugging Face layout.")
  private String name;

  @Mixin
  private TestText text;

  @Mixin
  private TaskChoice task;

  @Option(names = "--examples", paramLabel = "N", defaultValue = "500", description = "Held-out questions of the task (default: ${DEFAULT-VALUE}).")
  private int examples;

  @Option(names = "--seed", paramLabel = "S", defaultValue = "1", description = "Of these questions (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(names = "--show", paramLabel = "N", defaultValue = "3", description = "How many of them to show with their answers (default: ${DEFAULT-VALUE}).")
  private int show;

  @Override
  void work() {
    try (Llm model = Llm.load(name)) {
      say(model.toString());
      if (task.given()) {
        answers(model);
        return;
      }
      Perplexity perplexity = Perplexity.of(model, text.windows());
      Size size = Size.of(model);
      say("perplexity   %.3f ± %.3f", perplexity.value(), perplexity.error());
      say("sparsity     %.1f %% of the layers' weights", 100 * size.sparsity());
      say("bits/weight  %.2f", size.bitsPerWeight());
      say("size         %.2f MiB in memory, %.2f MiB on disk", size.memory() / MIB, size.disk() / MIB);
      say("");
      say(Lines.wrapped(perplexity.protocol(), Terminal.columns()));
    }
  }

  private void answers(Llm model) {
    Accuracy accuracy = Accuracy.of(model, task.heldOut(examples, seed));
    say("accuracy     %.1f %% ± %.1f", 100 * accuracy.value(), 100 * accuracy.error());
    accuracy.byLevel().forEach((level, share) -> say("level %d      %.1f %%", level, 100 * share));
    accuracy.answers().stream().limit(Math.max(0, show)).forEach(each ->
        say("\n%s\n%s (%s)", each.question().prompt(), each.reply().strip(), each.right() ? "right" : "wrong, it is " + each.question().answer()));
    say("");
    say(Lines.wrapped(accuracy.protocol(), Terminal.columns()));
  }

  private void say(String form, Object... figures) {
    say(String.format(Locale.ROOT, form, figures));
  }
}
