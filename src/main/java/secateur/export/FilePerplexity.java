package secateur.export;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import secateur.measure.Perplexity;
import secateur.model.Llm;
import secateur.text.Windows;

/**
 * The perplexity of a written model, read back.
 *
 * @param exact as Secateur computes it: what goes into a product is not rounded
 * @param inLlamaCpp as llama.cpp computes it on a CPU, where what goes into a product is rounded too, with keys and values in float32; empty where the
 *     file is none of GGUF, or in F32. Through many blocks a code that falls to the other side of a half changes all that follow: two builds of
 *     llama.cpp differ by that as well
 */
public record FilePerplexity(Perplexity exact, Optional<Perplexity> inLlamaCpp) {

  /** Of the model at {@code path} on {@code text}. */
  static FilePerplexity of(Path path, Windows text) {
    try (Llm read = Llm.load(path.toString())) {
      return new FilePerplexity(Perplexity.of(read, text), RoundedActivations.of(read).map(rounded -> measured(rounded, text)));
    }
  }

  private static Perplexity measured(Llm rounded, Windows text) {
    try (rounded) {
      Perplexity measured = Perplexity.of(rounded, text);
      return new Perplexity(measured.value(), measured.error(), measured.protocol() + ", inputs of products rounded as in llama.cpp on a CPU");
    }
  }

  /** A line for each. */
  @Override
  public String toString() {
    return exact + inLlamaCpp.map(each -> String.format(Locale.ROOT, "%nin llama.cpp on a CPU %.3f ± %.3f: what goes into each product is rounded there",
        each.value(), each.error())).orElse("");
  }
}
