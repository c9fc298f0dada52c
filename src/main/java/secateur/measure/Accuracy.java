package secateur.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import secateur.model.Llm;
import secateur.model.Replies;
import secateur.model.Sampler;
import secateur.text.Example;
import secateur.text.Examples;
import secateur.text.Tokenizer;

/**
 * The share of questions that a model answers right: the most likely reply, of which {@link Example#answer(String)} must equal
 * that of the expected response, character by character.
 *
 * @param answers to all questions, in their order
 * @param protocol the questions, how they were answered, the tokenizer and the arithmetic
 */
public record Accuracy(List<Answered> answers, String protocol) {

  /** Tokens that a reply may be longer than the longest that is expected. */
  private static final int SLACK = 16;

  /**
   * A question and what a model said.
   *
   * @param reply all of it
   */
  public record Answered(Example question, String reply) {

    /** What the reply comes to. */
    public String answer() {
      return Example.answer(reply);
    }

    /** Whether that is what is wanted. */
    public boolean right() {
      return answer().equals(question.answer());
    }
  }

  /** Refuses no answers. */
  public Accuracy {
    answers = List.copyOf(answers);
    if (answers.isEmpty()) {
      throw new IllegalArgumentException("there are no answers to count; at least one is needed");
    }
  }

  /** Accuracy of {@code model} on {@code questions}, which are in the form that it knows. */
  public static Accuracy of(Llm model, Examples questions) {
    Tokenizer tokenizer = model.tokenizer();
    return of(model, questions, SLACK + questions.list().stream().mapToInt(each -> tokenizer.encode(each.response()).length).max().orElseThrow());
  }

  /** With replies of up to {@code tokens} tokens. */
  public static Accuracy of(Llm model, Examples questions, int tokens) {
    List<String> replies = Replies.of(model, questions.list().stream().map(Example::prompt).toList(), tokens, Sampler.GREEDY);
    List<Answered> answers = new ArrayList<>();
    for (int i = 0; i < replies.size(); i++) {
      answers.add(new Answered(questions.list().get(i), replies.get(i)));
    }
    return new Accuracy(answers, questions.protocol() + ", exact match of what follows the last " + Example.ARROW
        + " or of the whole reply, greedy, up to " + tokens + " tokens, " + Protocol.of(model));
  }

  /** From 0 to 1. */
  public double value() {
    return answers.stream().filter(Answered::right).count() / (double) answers.size();
  }

  /** Standard error of {@link #value}. */
  public double error() {
    return Math.sqrt(value() * (1 - value()) / answers.size());
  }

  /** The share of right answers among the questions of each level, from the easiest. */
  public Map<Integer, Double> byLevel() {
    return answers.stream().collect(Collectors.groupingBy(each -> each.question().level(), TreeMap::new,
        Collectors.averagingDouble(each -> each.right() ? 1 : 0)));
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "accuracy %.3f ± %.3f (%s)", value(), error(), protocol);
  }
}
