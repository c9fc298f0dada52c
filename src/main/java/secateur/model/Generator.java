package secateur.model;

import java.util.Arrays;
import java.util.OptionalLong;
import secateur.tensor.Progress;
import secateur.text.Tokenizer;

/** Extends token ids one by one, keeping keys and values. */
public final class Generator {

  private final Llm model;
  private final Sampler sampler;

  /** Extends by what {@code sampler} chooses from the logits of {@code model}. */
  public Generator(Llm model, Sampler sampler) {
    this.model = model;
    this.sampler = sampler;
  }

  /** {@code prompt} and up to {@code tokens} more ids; fewer where the end-of-text token or the context's end comes. */
  public long[] extend(long[] prompt, int tokens) {
    if (prompt.length == 0) {
      throw new IllegalArgumentException("the prompt has no tokens; at least one is needed");
    }
    int room = Math.max(0, model.spec().sizes().context() - prompt.length);
    long[] ids = Arrays.copyOf(prompt, prompt.length + Math.min(tokens, room));
    try (Session session = new Session(model)) {
      for (int at = prompt.length; at < ids.length; at++) {
        Progress.check();
        ids[at] = sampler.choose(at == prompt.length ? session.feed(prompt) : session.feed(ids[at - 1]));
        if (ended(ids[at])) {
          return Arrays.copyOf(ids, at);
        }
      }
    }
    return ids;
  }

  private boolean ended(long id) {
    Tokenizer tokenizer = model.tokenizerOrNull();
    return tokenizer != null && tokenizer.end().equals(OptionalLong.of(id));
  }
}
