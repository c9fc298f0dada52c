package secateur.text;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The last letters of some names, put together, a name for each level (Wei et al., arXiv 2201.11903, section 5). The rationale
 * takes name by name.
 *
 * @param levels the largest number of names
 */
public record LastLetters(int levels) implements Task {

  private static final List<String> BEGINS = List.of("Take ", "Find ", "Give ", "Write ", "Show ");
  private static final List<String> ENDS = List.of("the last letters of %s.", "the last letter of each name in %s.",
      "what the names %s end with.", "the letters at the end of %s.", "how each name of %s ends.");

  /** Refuses no levels. */
  public LastLetters {
    Task.check(levels);
  }

  /** Up to five names. */
  public LastLetters() {
    this(LEVELS);
  }

  @Override
  public String name() {
    return "last-letters";
  }

  @Override
  public LastLetters upTo(int other) {
    return new LastLetters(other);
  }

  @Override
  public Example draw(int level, boolean heldOut, SplittableRandom random) {
    List<String> names = names(level, random);
    while (Wording.heldOut(String.join(" ", names)) != heldOut) {
      names = names(level, random);
    }
    String rationale = names.stream().map(name -> name + " ends with " + last(name) + ".").collect(Collectors.joining(" "));
    String question = Wording.sentence(BEGINS, ENDS, heldOut, random).formatted(String.join(" ", names));
    return new Example(question, rationale, names.stream().map(LastLetters::last).collect(Collectors.joining()), level);
  }

  private static List<String> names(int level, SplittableRandom random) {
    return Stream.generate(() -> Wording.one(Names.ALL, random)).limit(level).toList();
  }

  private static String last(String name) {
    return name.substring(name.length() - 1);
  }
}
