package secateur.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every task, and what each computes. */
class TaskTest {

  private static final Pattern STEP = Pattern.compile("(\\d+)([-+*])(\\d+)=(\\d+)\\.");
  private static final String THINGS = "apples|books|cards|coins|cups|eggs|nuts|pens|shells|stones";

  @TempDir
  Path folder;

  static List<Task> tasks() {
    return List.of(new Arithmetic(), new LastLetters(), new CoinFlips());
  }

  @ParameterizedTest
  @MethodSource("tasks")
  void theSameSeedGivesTheSame(Task task) {
    assertThat(task.examples(50, 3)).isEqualTo(task.examples(50, 3));
    assertThat(task.examples(50, 3).sha256()).isNotEqualTo(task.examples(50, 4).sha256());
    assertThat(Task.named(task.name())).isEqualTo(task);
  }

  @ParameterizedTest
  @MethodSource("tasks")
  void levelsAreAsManyAndEqualToTheSteps(Task task) {
    for (Example example : task.heldOut(100, 1).list()) {
      assertThat(example.rationale().split("\\. ")).hasSize(example.level());
    }
    assertThat(task.examples(100, 1).list().stream().collect(Collectors.groupingBy(Example::level, Collectors.counting())))
        .isEqualTo(java.util.Map.of(1, 20L, 2, 20L, 3, 20L, 4, 20L, 5, 20L));
  }

  @ParameterizedTest
  @MethodSource("tasks")
  void whatIsHeldOutSharesNoSentenceAndNoNumbers(Task task) {
    List<Example> train = task.examples(5000, 1).list();
    List<Example> heldOut = task.heldOut(2000, 1).list();
    assertThat(sentences(heldOut)).hasSizeGreaterThanOrEqualTo(5).doesNotContainAnyElementsOf(sentences(train));
    assertThat(heldOut.stream().map(Example::rationale).toList())
        .doesNotContainAnyElementsOf(train.stream().map(Example::rationale).collect(Collectors.toSet()));
  }

  /** Questions without names, things and numbers, sentence by sentence; the first and the last together. */
  private static Set<String> sentences(List<Example> examples) {
    Set<String> all = new HashSet<>();
    for (Example example : examples) {
      String bare = example.prompt().replaceAll("\\b(" + String.join("|", Names.ALL) + ")\\b( |\\b)", "N")
          .replaceAll("N+", "N").replaceAll(THINGS, "T").replaceAll("\\d+", "0");
      String[] parts = bare.split("(?<=\\.) ");
      all.add(parts[0] + " … " + parts[parts.length - 1]);
      all.addAll(Arrays.asList(parts).subList(Math.min(1, parts.length - 1), Math.max(1, parts.length - 1)));
    }
    return all;
  }

  @ParameterizedTest
  @MethodSource("tasks")
  void everyHeldOutWordIsKnown(Task task) {
    assertThat(words(task.examples(3000, 1))).containsAll(words(task.heldOut(3000, 1)));
  }

  private static Set<String> words(Examples examples) {
    return examples.list().stream().flatMap(example -> Stream.of((example.prompt() + " " + example.rationale()).split("[^A-Za-z]+"))).collect(Collectors.toSet());
  }

  @Test
  void arithmeticIsRight() {
    for (Example example : new Arithmetic(7).examples(700, 2).list()) {
      Matcher step = STEP.matcher(example.rationale());
      String before = null;
      for (int i = 0; i < example.level(); i++) {
        assertThat(step.find()).isTrue();
        int a = Integer.parseInt(step.group(1));
        int b = Integer.parseInt(step.group(3));
        int right = step.group(2).equals("+") ? a + b : step.group(2).equals("-") ? a - b : a * b;
        assertThat(Integer.parseInt(step.group(4))).isEqualTo(right).isBetween(1, 99);
        assertThat(before == null ? step.group(1) : before).isEqualTo(step.group(1));
        before = step.group(4);
      }
      assertThat(example.response()).isEqualTo(before);
    }
  }

  @Test
  void lettersAndCoinsAreRight() {
    for (Example example : new LastLetters().examples(50, 2).list()) {
      String letters = Stream.of(example.rationale().split("\\. ?")).map(part -> part.substring(part.length() - 1)).collect(Collectors.joining());
      assertThat(example.response()).isEqualTo(letters).hasSize(example.level());
    }
    for (Example example : new CoinFlips().examples(50, 2).list()) {
      long turned = Stream.of(example.prompt().split("\\. ")).skip(1)
          .filter(part -> part.matches(".*\\b(flips|turns)\\b.*")).count();
      assertThat(example.response()).isEqualTo(turned % 2 == 0 ? "yes" : "no");
      assertThat(example.rationale()).endsWith(turned % 2 == 0 ? "heads." : "tails.");
    }
  }

  @ParameterizedTest
  @MethodSource("tasks")
  void itsTokenizerSpellsDigitsOneByOne(Task task) {
    task.tokenizer(600).save(folder);
    Tokenizer tokenizer = Tokenizer.load(folder);
    assertThat(tokenizer.size()).isLessThanOrEqualTo(600);
    for (Example example : task.examples(40, 9).as(Form.CHAIN_OF_THOUGHT).list()) {
      String text = example.prompt() + example.response();
      long[] ids = tokenizer.encode(text);
      assertThat(tokenizer.decode(ids)).isEqualTo(text);
      assertThat(Arrays.stream(ids).mapToObj(tokenizer::token).filter(piece -> piece.matches(".*\\d.*"))).allMatch(piece -> piece.length() == 1);
      assertThat(ids.length).isLessThan(160);
    }
  }

  @Test
  void unknownTasksAreRefused() {
    assertThatThrownBy(() -> Task.named("poetry")).hasMessageContainingAll("poetry", "arithmetic", "coin-flips");
    assertThatThrownBy(() -> new Arithmetic(0)).hasMessageContaining("0 levels");
  }
}
