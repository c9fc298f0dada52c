package secateur.distill;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import secateur.model.Llm;
import secateur.model.Replies;
import secateur.model.Sampler;
import secateur.text.Example;
import secateur.text.Examples;
import secateur.text.Form;

/**
 * What a teacher thinks on the way to an answer (Ho et al., fine-tune-CoT, arXiv 2212.10071): several
 * rationales a question, drawn, of which those count that end at the right answer; two that are equal count once. The teacher is
 * asked in the form {@link Form#CHAIN_OF_THOUGHT} and not closed.
 *
 * @param teacher thinks
 * @param questions with their answers; rationales of theirs are not looked at
 * @param samples rationales drawn for each
 * @param temperature of the draws, 0 for the likeliest token each time
 * @param tokens longest rationale with its answer
 * @param seed of the draws
 */
public record Rationales(Llm teacher, Examples questions, int samples, double temperature, int tokens, long seed) implements Lessons {

  private static final int SAMPLES = 4;
  private static final double TEMPERATURE = 0.7; // the authors'
  private static final int TOKENS = 128;

  /** Refuses what cannot be drawn. */
  public Rationales {
    Objects.requireNonNull(teacher, "teacher");
    Objects.requireNonNull(questions, "questions");
    if (samples < 1 || tokens < 1) {
      throw new IllegalArgumentException(samples + " rationales of up to " + tokens + " tokens, allowed are 1 or more of each");
    }
    if (!(temperature >= 0) || Double.isInfinite(temperature)) {
      throw new IllegalArgumentException("temperature is " + temperature + ", allowed is 0 or more");
    }
    if (temperature == 0 && samples > 1) {
      throw new IllegalArgumentException(samples + " rationales at temperature 0 would all be the same; allowed is 1");
    }
  }

  /** Four of up to 128 tokens for each of {@code questions}, at temperature 0.7. */
  public Rationales(Llm teacher, Examples questions) {
    this(teacher, questions, SAMPLES, TEMPERATURE, TOKENS, 0);
  }

  /** So many for each question. */
  public Rationales samples(int count) {
    return new Rationales(teacher, questions, count, temperature, tokens, seed);
  }

  /** Drawn at another temperature. */
  public Rationales temperature(double other) {
    return new Rationales(teacher, questions, samples, other, tokens, seed);
  }

  /** One for each question, the likeliest token each time. */
  public Rationales greedy() {
    return new Rationales(teacher, questions, 1, 0, tokens, seed);
  }

  /** Up to so many tokens long. */
  public Rationales tokens(int most) {
    return new Rationales(teacher, questions, samples, temperature, most, seed);
  }

  /** Writes them; an error where none ends at the right answer. */
  @Override
  public Examples examples() {
    List<Example> asked = questions.list().stream().flatMap(each -> Collections.nCopies(samples, each).stream()).toList();
    List<String> prompts = asked.stream().map(each -> Form.CHAIN_OF_THOUGHT.prompt(each.prompt())).toList();
    Sampler sampler = temperature == 0 ? Sampler.GREEDY : Sampler.temperature(temperature, seed);
    List<String> replies = Replies.of(teacher, prompts, tokens, sampler);
    Set<Example> kept = new LinkedHashSet<>();
    for (int i = 0; i < asked.size(); i++) {
      String rationale = Example.rationale(replies.get(i));
      if (!rationale.isEmpty() && Example.answer(replies.get(i)).equals(asked.get(i).answer())) {
        kept.add(asked.get(i).because(rationale));
      }
    }
    if (kept.isEmpty()) {
      throw new IllegalStateException("none of " + asked.size() + " rationales of " + teacher.name() + " ends at the right answer, so there is nothing to learn");
    }
    return questions.with(questions.name() + ", " + kept.size() + " of " + asked.size() + " rationales of " + teacher.name(), new ArrayList<>(kept));
  }

  @Override
  public int length(Llm student) {
    return Learning.longest(questions, student) + tokens;
  }

  @Override
  public double flops() {
    return new OpenTeacher(teacher).cost(1).flops();
  }

  @Override
  public String origin() {
    return " from " + teacher.name();
  }

  /** Without the teacher's weights and the questions themselves. */
  @Override
  public String toString() {
    return "Rationales(" + teacher.name() + ", " + questions.protocol() + ", " + samples + " at temperature " + temperature + ")";
  }
}
