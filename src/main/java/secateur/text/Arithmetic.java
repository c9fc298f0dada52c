package secateur.text;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/**
 * Word problems: somebody's things become more and fewer, a step for each level, and never as many as 100. The rationale
 * computes step by step, {@code 12+5=17. 17*3=51.}
 *
 * @param levels the largest number of steps
 */
public record Arithmetic(int levels) implements Task {

  private static final int LIMIT = 100;
  private static final int START = 30;
  private static final int CHANGE = 20;
  private static final int FACTOR = 3;

  private static final List<String> THINGS = List.of("apples", "books", "cards", "coins", "cups", "eggs", "nuts", "pens", "shells", "stones");
  private static final List<String> OPENINGS =
      List.of("%1$s has %3$s %2$s. ", "%1$s starts with %3$s %2$s. ", "In the box of %1$s are %3$s %2$s. ", "There are %3$s %2$s with %1$s. ", "%1$s brings %3$s %2$s. ");
  private static final List<String> QUESTIONS =
      List.of("How many %2$s does %1$s have?", "How many %2$s are there?", "What is the number of %2$s?", "Count the %2$s of %1$s.", "How many %2$s are left with %1$s?");
  private static final List<String> TIMES = List.of("%1$s ", "Then %1$s ", "Later %1$s ", "At noon %1$s ", "At home %1$s ");

  /** What can happen to a number of things. */
  private enum Change {
    ADD("+", List.of("finds %3$s %2$s. ", "buys %3$s %2$s. ", "gets %3$s %2$s. ", "picks %3$s %2$s. ", "wins %3$s %2$s. ")),
    TAKE("-", List.of("loses %3$s %2$s. ", "sells %3$s %2$s. ", "drops %3$s %2$s. ", "breaks %3$s %2$s. ", "gives away %3$s %2$s. ")),
    MULTIPLY("*", List.of("has %3$s times as many %2$s. ", "owns %3$s times as many %2$s. ", "holds %3$s times as many %2$s. ",
        "keeps %3$s times as many %2$s. ", "counts %3$s times as many %2$s. "));

    private final String sign;
    private final List<String> words;

    Change(String sign, List<String> words) {
      this.sign = sign;
      this.words = words;
    }

    private int of(int number, int by) {
      return this == ADD ? number + by : this == TAKE ? number - by : number * by;
    }

    private int draw(SplittableRandom random) {
      return random.nextInt(2, (this == MULTIPLY ? FACTOR : CHANGE) + 1);
    }
  }

  /** From {@code before} by {@code by} to {@code after}. */
  private record Step(Change change, int before, int by, int after) {

    @Override
    public String toString() {
      return before + change.sign + by + "=" + after + ".";
    }
  }

  /** Refuses no levels. */
  public Arithmetic {
    Task.check(levels);
  }

  /** Up to five steps. */
  public Arithmetic() {
    this(LEVELS);
  }

  @Override
  public String name() {
    return "arithmetic";
  }

  @Override
  public Arithmetic upTo(int other) {
    return new Arithmetic(other);
  }

  @Override
  public Example draw(int level, boolean heldOut, SplittableRandom random) {
    List<Step> steps = steps(level, random);
    while (Wording.heldOut(computed(steps)) != heldOut) {
      steps = steps(level, random);
    }
    int answer = steps.get(level - 1).after();
    return new Example(question(steps, heldOut, random), computed(steps), Integer.toString(answer), level);
  }

  private static String computed(List<Step> steps) {
    return steps.stream().map(Step::toString).collect(Collectors.joining(" "));
  }

  private static List<Step> steps(int level, SplittableRandom random) {
    List<Step> steps = new ArrayList<>();
    int number = random.nextInt(2, START + 1);
    while (steps.size() < level) {
      Change change = Wording.one(List.of(Change.values()), random);
      int by = change.draw(random);
      int after = change.of(number, by);
      if (after > 0 && after < LIMIT) {
        steps.add(new Step(change, number, by, after));
        number = after;
      }
    }
    return steps;
  }

  private static String question(List<Step> steps, boolean heldOut, SplittableRandom random) {
    String who = Wording.one(Names.ALL, random);
    String what = Wording.one(THINGS, random);
    String around = Wording.sentence(OPENINGS.stream().map(opening -> opening + "%4$s").toList(), QUESTIONS, heldOut, random);
    StringBuilder between = new StringBuilder();
    for (Step step : steps) {
      between.append(Wording.sentence(TIMES, step.change().words, heldOut, random).formatted(who, what, step.by()));
    }
    return around.formatted(who, what, steps.get(0).before(), between);
  }
}
