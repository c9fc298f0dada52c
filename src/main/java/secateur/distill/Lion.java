package secateur.distill;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import secateur.method.Cost;
import secateur.method.Method;
import secateur.method.Tuned;
import secateur.method.Tuning;
import secateur.model.Llm;
import secateur.model.Replies;
import secateur.model.Sampler;
import secateur.tensor.Progress;
import secateur.text.Example;
import secateur.text.Examples;
import secateur.text.Prompts;
import secateur.text.Windows;

/**
 * Adversarial distillation of instruction following (Jiang et al., Lion, arXiv 2305.12870). In each round a student, the model that
 * this is applied to, first imitates the teacher's responses; then the instructions at which it falls behind the teacher are told
 * from the others; then as many new ones like the former and like the latter are made, which the next round imitates. There the
 * teacher judges and makes them; here a {@link Referee} and an {@link Author} do. The teacher is not closed.
 *
 * @param teacher answers, the likeliest token each time
 * @param instructions to begin with; responses of theirs are not looked at
 * @param author makes new ones
 * @param rules of the rounds
 * @param tuning how the student trains in each round
 */
public record Lion(Llm teacher, Examples instructions, Author author, Rules rules, Tuning tuning) implements Tuned<Lion>, Method {

  private static final double RATE = 5e-4; // of GPT-2 base in Gu et al., arXiv 2306.08543

  /**
   * Of the rounds.
   *
   * @param rounds of imitation
   * @param referee tells hard instructions from easy ones
   * @param hard how far behind a reply to a hard one is at least
   * @param tokens longest reply
   */
  public record Rules(int rounds, Referee referee, double hard, int tokens) {

    /** Three rounds as in the paper; hard is what is more than half of the way behind by {@link Referee#WORDS}. */
    public static final Rules USUAL = new Rules(3, Referee.WORDS, 0.5, 128);

    /** Refuses no rounds and no replies. */
    public Rules {
      Objects.requireNonNull(referee, "referee");
      if (rounds < 1 || tokens < 1 || !(hard > 0 && hard <= 1)) {
        throw new IllegalArgumentException(rounds + " rounds with replies of up to " + tokens + " tokens, hard from " + hard
            + "; allowed are 1 or more, 1 or more, and above 0 up to 1");
      }
    }
  }

  /** What was told apart. */
  record Discerned(List<Example> hard, List<Example> easy) {}

  /** Refuses nothing at all. */
  public Lion {
    Objects.requireNonNull(teacher, "teacher");
    Objects.requireNonNull(instructions, "instructions");
    Objects.requireNonNull(author, "author");
    Objects.requireNonNull(rules, "rules");
    Objects.requireNonNull(tuning, "tuning");
  }

  /** Three rounds of {@code steps} of 8. */
  public Lion(Llm teacher, Examples instructions, Author author, int steps) {
    this(teacher, instructions, author, Rules.USUAL, Tuning.of(steps, RATE, 1));
  }

  /** By other rules. */
  public Lion rules(Rules other) {
    return new Lion(teacher, instructions, author, other, tuning);
  }

  @Override
  public Lion tuning(Tuning other) {
    return new Lion(teacher, instructions, author, rules, other);
  }

  /** Windows are not what it learns from. */
  @Override
  public Lion on(Windows other) {
    throw new UnsupportedOperationException(this + " learns from instructions, not from windows of a text");
  }

  @Override
  public void check(Llm model) {
    imitation(instructions, 0).check(model);
  }

  @Override
  public Cost cost(Llm model, Windows text) {
    Cost round = imitation(instructions, 0).cost(model, text);
    return new Cost(round.bytes(), rules.rounds() * round.flops());
  }

  @Override
  public Llm apply(Llm model, Windows text) {
    Examples training = taught(instructions.list());
    List<Example> all = new ArrayList<>(training.list());
    Llm student = model.share();
    try (Progress progress = Progress.of(toString(), rules.rounds())) {
      for (int round = 0; round < rules.rounds(); round++) {
        if (round > 0) {
          training = next(discern(student, all), round);
          all.addAll(training.list());
        }
        Llm before = student;
        student = imitation(training, round).apply(before, text);
        before.close();
        progress.step();
      }
      return student;
    } catch (RuntimeException | Error e) {
      student.close();
      throw e;
    }
  }

  /** Training on {@code examples}, whose prompts and responses are written as they are. */
  private FineTune imitation(Examples examples, int round) {
    Tuning ofRound = new Tuning(tuning.recipe(), tuning.rows(), Optional.empty(), tuning.file().map(file -> file.resolveSibling(file.getFileName() + "." + round)));
    return new FineTune(examples, Prompts.PLAIN, ofRound);
  }

  /** {@code asked} with the teacher's responses; those without are left out. */
  Examples taught(List<Example> asked) {
    List<String> replies = Replies.of(teacher, asked.stream().map(Example::prompt).toList(), rules.tokens(), Sampler.GREEDY);
    List<Example> taught = IntStream.range(0, replies.size()).filter(i -> !replies.get(i).isBlank())
        .mapToObj(i -> asked.get(i).worded(asked.get(i).prompt(), replies.get(i))).toList();
    if (taught.isEmpty()) {
      throw new IllegalStateException(teacher.name() + " answers none of " + replies.size() + " instructions, so there is nothing to learn");
    }
    return Examples.of(instructions.name() + ", answered by " + teacher.name(), taught);
  }

  /** Tells hard from easy. */
  Discerned discern(Llm student, List<Example> taught) {
    List<String> replies = Replies.of(student, taught.stream().map(Example::prompt).toList(), rules.tokens(), Sampler.GREEDY);
    Discerned discerned = new Discerned(new ArrayList<>(), new ArrayList<>());
    for (int i = 0; i < replies.size(); i++) {
      boolean hard = rules.referee().behind(taught.get(i), replies.get(i)) >= rules.hard();
      (hard ? discerned.hard() : discerned.easy()).add(taught.get(i));
    }
    return discerned;
  }

  /** As many new ones as at first, half of them like hard ones and half like easy ones, or all like one kind where there is no other. */
  private Examples next(Discerned discerned, int round) {
    int half = discerned.easy().isEmpty() ? instructions.size() : discerned.hard().isEmpty() ? 0 : (instructions.size() + 1) / 2;
    List<Example> models = Stream.concat(cycled(discerned.hard(), half), cycled(discerned.easy(), instructions.size() - half)).toList();
    List<String> prompts = author.like(models, round);
    return taught(IntStream.range(0, prompts.size()).mapToObj(i -> models.get(i).worded(prompts.get(i), models.get(i).response())).toList());
  }

  private static Stream<Example> cycled(List<Example> examples, int count) {
    return IntStream.range(0, count).mapToObj(i -> examples.get(i % examples.size()));
  }

  @Override
  public String toString() {
    return "Lion " + rules.rounds() + " rounds from " + teacher.name() + " " + tuning;
  }
}
