package secateur.cli;

import java.io.PrintWriter;
import java.util.Arrays;
import secateur.model.Sampler;
import secateur.text.Tokenizer;

/** Prints a text while it is being generated. */
final class Typing {

  private static final char HALF_A_CHARACTER = '\ufffd';

  private final Tokenizer tokenizer;
  private final PrintWriter out;
  private long[] ids;
  private String shown = "";

  Typing(Tokenizer tokenizer, String prompt, PrintWriter out) {
    this.tokenizer = tokenizer;
    this.out = out;
    this.ids = tokenizer.encode(prompt);
  }

  /** {@code sampler}, with each token printed once the next one is chosen, so that an end-of-text token never is. */
  Sampler watching(Sampler sampler) {
    return logits -> {
      show(tokenizer.decode(ids));
      int id = sampler.choose(logits);
      ids = Arrays.copyOf(ids, ids.length + 1);
      ids[ids.length - 1] = id;
      return id;
    };
  }

  /** Prints the rest of {@code text}. */
  void end(String text) {
    show(text);
    out.println(text.startsWith(shown) ? text.substring(shown.length()) : "\n" + text);
    out.flush();
  }

  private void show(String text) {
    int whole = text.length();
    while (whole > 0 && text.charAt(whole - 1) == HALF_A_CHARACTER) {
      whole--;
    }
    if (whole > shown.length() && text.startsWith(shown)) {
      out.print(text.substring(shown.length(), whole));
      out.flush();
      shown = text.substring(0, whole);
    }
  }
}
