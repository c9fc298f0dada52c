package secateur.text;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Questions that are generated, each with its answer and the steps that lead there. What is held out shares no sentence and no
 * row of numbers, words or names with what is not; every word of it occurs there, in other sentences.
 */
public interface Task {

  /** The hardest level unless a task is made with another. */
  int LEVELS = 5;

  /** {@code "arithmetic"}. */
  String name();

  /** The hardest level; the easiest is 1. A level is the number of steps. */
  int levels();

  /** This task up to another level. */
  Task upTo(int levels);

  /** A question of {@code level}, which depends on {@code random} alone. */
  Example draw(int level, boolean heldOut, SplittableRandom random);

  /** {@code count} questions to learn from, as many of each level; the same {@code seed} gives the same. */
  default Examples examples(int count, long seed) {
    return drawn(count, false, seed);
  }

  /** {@code count} questions to measure with, as many of each level. */
  default Examples heldOut(int count, long seed) {
    return drawn(count, true, seed);
  }

  private Examples drawn(int count, boolean heldOut, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Example> list = IntStream.range(0, count).mapToObj(i -> draw(1 + i % levels(), heldOut, random)).toList();
    return Examples.of(name() + ", levels 1 to " + levels() + (heldOut ? ", held out" : "") + ", seed " + seed, list);
  }

  /** A tokenizer of up to {@code size} tokens for such questions, in which every digit is a token of its own. */
  default Bpe tokenizer(int size) {
    Examples some = examples(4000, 0);
    Stream<String> texts = some.list().stream().flatMap(example -> Stream.of(Form.DIRECT, Form.LABEL, Form.RATIONALE)
        .map(form -> form.apply(example).prompt() + " " + example.rationale() + " " + Example.ARROW));
    return BpeTrainer.train(texts.map(text -> text.replaceAll("[0-9]+", " ")), size);
  }

  /** {@code "arithmetic"}, {@code "last-letters"} or {@code "coin-flips"}, up to level 5. */
  static Task named(String name) {
    List<Task> all = List.of(new Arithmetic(LEVELS), new LastLetters(LEVELS), new CoinFlips(LEVELS));
    return all.stream().filter(task -> task.name().equals(name)).findFirst().orElseThrow(() ->
        new IllegalArgumentException("no task \"" + name + "\"; allowed are " + String.join(", ", all.stream().map(Task::name).toList())));
  }

  /** Refuses no levels. */
  static void check(int levels) {
    if (levels < 1) {
      throw new IllegalArgumentException(levels + " levels, allowed are 1 or more");
    }
  }
}
