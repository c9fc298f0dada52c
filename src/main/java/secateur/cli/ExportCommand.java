package secateur.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import secateur.export.FilePerplexity;
import secateur.export.Format;
import secateur.export.Gguf;
import secateur.export.Preset;
import secateur.export.Written;
import secateur.measure.Perplexity;
import secateur.model.Llm;

@Command(name = "export", description = "Write a model as others open it: a GGUF file, or a directory of the Hugging Face tools; read it back and measure it.",
    footer = {"", "Examples:", "  secateur export java-8m out/java-8m.gguf", "  secateur export java-8m out/java-8m.gguf --preset Q4_K_M --important",
      "  secateur export out/gptq4 out/gptq --as \"GptqLayout.v2()\"", "  secateur export out/model.gguf out/dense --as \"DenseLayout.bfloat16()\""})
final class ExportCommand extends Work {

  private static final String FORMATS = "formats are Gguf(), Gguf(Preset.Q4_K_M), HuggingFaceLayout(), DenseLayout.float16(), GptqLayout.v1(), GptqLayout.v2(), "
      + "AwqLayout(), PackQuantizedLayout(), BitsAndBytesLayout()";

  @Parameters(index = "0", paramLabel = "MODEL", description = "java-8m, a directory in the Hugging Face layout, or a GGUF file.")
  private String name;

  @Parameters(index = "1", paramLabel = "PATH", description = "What to write: a file that ends in .gguf, or a directory.")
  private Path path;

  @Option(names = "--preset", paramLabel = "NAME", description = "Types of a GGUF file: ${COMPLETION-CANDIDATES} (default: each layer as it is).")
  private Preset preset;

  @Option(names = "--important", description = "Round columns with more care the larger their inputs are on the calibration text (GGUF).")
  private boolean important;

  @Option(names = "--own-head", description = "Write the head even where it is the embedding, as GPT4All wants it (GGUF).")
  private boolean ownHead;

  @Option(names = "--as", paramLabel = "FORMAT", description = "A format in Java, without the word new (default: what PATH asks for).")
  private String expression;

  @Mixin
  private Texts texts;

  @Override
  void work() {
    try (Llm model = Llm.load(name)) {
      Format format = format(model);
      say(model.toString());
      Written written = format.save(model, path);
      say("\n" + written.toString().strip() + "\n");
      compare(model, written);
    }
  }

  private Format format(Llm model) {
    Format chosen = expression == null ? Format.of(path) : new Expressions<>(Format.class, "format", FORMATS).values(List.of(expression)).get(0);
    if (preset == null && !important && !ownHead) {
      return chosen;
    }
    if (!(chosen instanceof Gguf) || expression != null) {
      throw new IllegalArgumentException("--preset, --important and --own-head are for a PATH that ends in .gguf, without --as; PATH is " + path);
    }
    Gguf gguf = preset == null ? new Gguf() : new Gguf(preset);
    gguf = ownHead ? gguf.ownHead() : gguf;
    return important ? gguf.calibrated(texts.calibration()) : gguf;
  }

  /** What others will see: the perplexity before and after. */
  private void compare(Llm model, Written written) {
    if (model.tokenizerOrNull() == null) {
      return;
    }
    double before = Perplexity.of(model, texts.windows()).value();
    FilePerplexity after = written.perplexity(texts.windows());
    say(String.format(Locale.ROOT, "perplexity   %.3f, was %.3f (%s)", after.exact().value(), before, change(after.exact(), before)));
    after.inLlamaCpp().ifPresent(there -> say(String.format(Locale.ROOT, "llama.cpp    %.3f (%s) on a CPU, where what goes into each product is rounded too",
        there.value(), change(there, before))));
    say("");
    say(Lines.wrapped(after.exact().protocol(), Terminal.columns()));
  }

  private static String change(Perplexity after, double before) {
    return String.format(Locale.ROOT, "%+.2f %%", Math.round(10_000 * (after.value() / before - 1)) / 100.0);
  }
}
