package secateur.distill;

import java.util.Arrays;
import java.util.Optional;
import secateur.model.Llm;

/**
 * What is written to learn from: each window's beginning is a prompt, and so many tokens are written after it.
 *
 * @param prompt tokens of a prompt
 * @param tokens how many are written
 */
public record Writing(int prompt, int tokens) {

  /** Refuses prompts and answers without tokens. */
  public Writing {
    if (prompt < 1 || tokens < 1) {
      throw new IllegalArgumentException(tokens + " tokens after prompts of " + prompt + ", allowed are 1 or more of each");
    }
  }

  /** What was {@code said}, or else half of windows of {@code length} tokens after their other half. */
  static Writing of(Optional<Writing> said, int length) {
    return said.orElseGet(() -> new Writing(Math.max(1, length / 2), Math.max(1, length - length / 2)));
  }

  /** Of both. */
  int length() {
    return prompt + tokens;
  }

  /** The prompts that {@code windows} begin with. */
  long[][] prompts(long[][] windows) {
    return Arrays.stream(windows).map(window -> Arrays.copyOf(window, prompt)).toArray(long[][]::new);
  }

  /** Refuses windows that are shorter than {@code needed}, and models whose context is shorter than what is written. */
  void check(long[][] windows, int needed, Llm... models) {
    if (windows[0].length < needed) {
      throw new IllegalArgumentException("windows of " + windows[0].length + " tokens, needed are " + needed + " for prompts of " + prompt
          + " and " + tokens + " tokens after them");
    }
    for (Llm model : models) {
      int context = model.spec().sizes().context();
      if (length() > context) {
        throw new IllegalArgumentException(tokens + " tokens after prompts of " + prompt + ", but the context of " + model.name() + " has " + context);
      }
    }
  }

  @Override
  public String toString() {
    return prompt + "+" + tokens;
  }
}
