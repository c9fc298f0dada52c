package secateur.text;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Which side of a coin is up after some people have turned it or not, one for each level (Wei et al., arXiv 2201.11903, section
 * 5). The rationale follows the coin; the answer is yes or no.
 *
 * @param levels the largest number of people
 */
public record CoinFlips(int levels) implements Task {

  private static final List<String> OPENINGS = List.of("A coin is heads up. ", "A coin lies heads up. ", "A coin shows heads. ",
      "There is a coin, heads up. ", "Heads of a coin is up. ");
  private static final List<String> QUESTIONS = List.of("Is it heads up?", "Is the coin heads up?", "Does it show heads?", "Is heads up?", "Does the coin show heads?");
  private static final List<String> TIMES = List.of("%1$s ", "Then %1$s ", "Later %1$s ", "At noon %1$s ", "At home %1$s ");
  private static final List<String> TURNS = List.of("flips it. ", "turns it. ", "flips the coin. ", "turns the coin. ", "flips it once. ");
  private static final List<String> LEAVES = List.of("does not flip it. ", "does not turn it. ", "does not flip the coin. ", "does not turn the coin. ", "leaves it. ");

  /** Somebody, and whether the coin was turned. */
  private record Person(String name, boolean turns) {}

  /** Refuses no levels. */
  public CoinFlips {
    Task.check(levels);
  }

  /** Up to five people. */
  public CoinFlips() {
    this(LEVELS);
  }

  @Override
  public String name() {
    return "coin-flips";
  }

  @Override
  public CoinFlips upTo(int other) {
    return new CoinFlips(other);
  }

  @Override
  public Example draw(int level, boolean heldOut, SplittableRandom random) {
    List<Person> people = people(level, random);
    while (Wording.heldOut(people.toString()) != heldOut) {
      people = people(level, random);
    }
    List<Person> all = people;
    String rationale = IntStream.rangeClosed(1, level)
        .mapToObj(i -> all.get(i - 1).name() + ": " + (heads(all.subList(0, i)) ? "heads" : "tails") + ".").collect(Collectors.joining(" "));
    return new Example(question(people, heldOut, random), rationale, heads(people) ? "yes" : "no", level);
  }

  private static boolean heads(List<Person> people) {
    return people.stream().filter(Person::turns).count() % 2 == 0;
  }

  private static List<Person> people(int level, SplittableRandom random) {
    return IntStream.range(0, level).mapToObj(i -> new Person(Wording.one(Names.ALL, random), random.nextBoolean())).toList();
  }

  private static String question(List<Person> people, boolean heldOut, SplittableRandom random) {
    String around = Wording.sentence(OPENINGS.stream().map(opening -> opening + "%s").toList(), QUESTIONS, heldOut, random);
    return around.formatted(people.stream().map(person ->
        Wording.sentence(TIMES, person.turns() ? TURNS : LEAVES, heldOut, random).formatted(person.name())).collect(Collectors.joining()));
  }
}
