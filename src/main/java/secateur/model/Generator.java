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

  /**
   * {@code prompts} (B, T), each with {@code tokens} more ids, all written at once; the sampler is asked row by row. Goes on
   * behind the end-of-text token; an error where the context has no room.
   */
  public long[][] extend(long[][] prompts, int tokens) {
    int begin = prompts[0].length;
    int context = model.spec().sizes().context();
    if (begin + tokens > context) {
      throw new IllegalArgumentException(tokens + " tokens after " + begin + ", but the context of " + model.name() + " has " + context);
    }
    long[][] ids = Arrays.stream(prompts).map(prompt -> Arrays.copyOf(prompt, begin + tokens)).toArray(long[][]::new);
    try (Session session = new Session(model)) {
      for (int at = begin; at < begin + tokens; at++) {
        Progress.check();
        float[][] logits = session.feed(part(ids, at == begin ? 0 : at - 1, at));
        for (int row = 0; row < ids.length; row++) {
          ids[row][at] = sampler.choose(logits[row]);
        }
      }
    }
    return ids;
  }

  private static long[][] part(long[][] ids, int from, int to) {
    return Arrays.stream(ids).map(row -> Arrays.copyOfRange(row, from, to)).toArray(long[][]::new);
  }

  private boolean ended(long id) {
    Tokenizer tokenizer = model.tokenizerOrNull();
    return tokenizer != null && tokenizer.end().equals(OptionalLong.of(id));
  }
}
