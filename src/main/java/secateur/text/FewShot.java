package secateur.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;

/**
 * Prompts that show some answered questions before the one that is asked (Brown et al., arXiv 2005.14165).
 *
 * @param shots how many are shown
 * @param prompts how the turns are written
 * @param seed of their choice
 */
public record FewShot(int shots, Prompts prompts, long seed) {

  /** Refuses no shots. */
  public FewShot {
    Objects.requireNonNull(prompts, "prompts");
    if (shots < 1) {
      throw new IllegalArgumentException(shots + " shots, allowed are 1 or more");
    }
  }

  /** {@code shots} turns, a line each, with seed 0. */
  public FewShot(int shots) {
    this(shots, Prompts.PLAIN, 0);
  }

  /** {@code questions}, each after other examples of {@code shown}, which must hold enough of them. */
  public Examples of(Examples questions, Examples shown) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Example> made = new ArrayList<>();
    for (Example question : questions.list()) {
      made.add(question.worded(prompts.prompt(others(question, shown, random), question.prompt()), prompts.apply(question).response()));
    }
    return questions.with(questions.name() + ", " + shots + "-shot", made);
  }

  private List<Example> others(Example question, Examples shown, SplittableRandom random) {
    List<Example> left = new ArrayList<>(shown.list());
    left.removeIf(each -> each.prompt().equals(question.prompt()));
    if (left.size() < shots) {
      throw new IllegalArgumentException(shots + " shots for \"" + question.prompt() + "\", but there are only " + left.size() + " other examples");
    }
    List<Example> chosen = new ArrayList<>();
    while (chosen.size() < shots) {
      chosen.add(left.remove(random.nextInt(left.size())));
    }
    return chosen;
  }
}
