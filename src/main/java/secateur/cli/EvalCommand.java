package secateur.cli;

import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import secateur.measure.Perplexity;
import secateur.measure.Size;
import secateur.model.Llm;

@Command(name = "eval", description = "Measure a model: perplexity, sparsity, size.",
    footer = {"", "Examples:", "  secateur eval java-8m", "  secateur eval out/small --text wiki.test.raw --windows 64 --length 256"})
final class EvalCommand extends Work {

  private static final double MIB = 1 << 20;

  @Parameters(paramLabel = "MODEL", description = "java-8m, or a directory in the Hugging Face layout.")
  private String name;

  @Mixin
  private TestText text;

  @Override
  void work() {
    try (Llm model = Llm.load(name)) {
      say(model.toString());
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

  private void say(String form, Object... figures) {
    say(String.format(Locale.ROOT, form, figures));
  }
}
