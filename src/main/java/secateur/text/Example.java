package secateur.text;

import java.util.Objects;

/**
 * Something to be answered, and the answer.
 *
 * @param prompt what is given
 * @param rationale the steps that lead to the response; empty where there are none
 * @param response what is wanted
 * @param level how hard it is, from 1; 0 where nobody says
 */
public record Example(String prompt, String rationale, String response, int level) {

  /** Stands between a rationale and the answer (Ho et al., arXiv 2212.10071). */
  public static final String ARROW = "-->";

  /** Refuses an example with nothing to answer or no answer. */
  public Example {
    Objects.requireNonNull(rationale, "rationale");
    if (prompt == null || prompt.isBlank() || response == null || response.isBlank()) {
      throw new IllegalArgumentException("the prompt is \"" + prompt + "\" and the response \"" + response + "\"; neither may be blank");
    }
    if (level < 0) {
      throw new IllegalArgumentException("level is " + level + ", allowed are 1 or more, and 0 for unknown");
    }
  }

  /** Without a rationale or a level. */
  public Example(String prompt, String response) {
    this(prompt, "", response, 0);
  }

  /** This question with other words before and in the answer, as a model is to read and write them. */
  public Example worded(String otherPrompt, String otherResponse) {
    return new Example(otherPrompt, rationale, otherResponse, level);
  }

  /** With another rationale. */
  public Example because(String other) {
    return new Example(prompt, other, response, level);
  }

  /** The answer in the response: {@link #answer(String)}. */
  public String answer() {
    return answer(response);
  }

  /** What {@code text} says after its last arrow, or as a whole where it has none; without blanks and a full stop around it. */
  public static String answer(String text) {
    String last = text.substring(text.lastIndexOf(ARROW) < 0 ? 0 : text.lastIndexOf(ARROW) + ARROW.length()).strip();
    return last.endsWith(".") ? last.substring(0, last.length() - 1).strip() : last;
  }

  /** What {@code text} says before its last arrow; empty where it has none. */
  public static String rationale(String text) {
    return text.substring(0, Math.max(0, text.lastIndexOf(ARROW))).strip();
  }
}
