package secateur.distill;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import secateur.model.Llm;
import secateur.model.Replies;
import secateur.model.Sampler;
import secateur.text.Example;
import secateur.text.Task;

/** Makes new instructions that are like old ones. */
@FunctionalInterface
public interface Author {

  /** Prompts for new instructions, one for each of {@code examples} and as hard; the same {@code seed} makes the same. */
  List<String> like(List<Example> examples, long seed);

  /** New questions of {@code task}, of the levels of the old ones. */
  static Author of(Task task) {
    return (examples, seed) -> {
      SplittableRandom random = new SplittableRandom(seed);
      return examples.stream().map(each -> task.draw(Math.max(1, Math.min(task.levels(), each.level())), false, random).prompt()).toList();
    };
  }

  /**
   * What {@code teacher} writes, in one line of up to {@code tokens} tokens, drawn at temperature 0.7, when it is given
   * {@code request} with the old instruction for its {@code %s}; where it writes nothing, the old one stays.
   */
  static Author of(Llm teacher, String request, int tokens) {
    return (examples, seed) -> {
      List<String> asked = examples.stream().map(each -> request.formatted(each.prompt())).toList();
      List<String> replies = Replies.of(teacher, asked, tokens, Sampler.temperature(0.7, seed));
      List<String> lines = new ArrayList<>();
      IntStream.range(0, replies.size()).forEach(i ->
          lines.add(replies.get(i).lines().map(String::strip).filter(line -> !line.isEmpty()).findFirst().orElse(examples.get(i).prompt())));
      return lines;
    };
  }
}
