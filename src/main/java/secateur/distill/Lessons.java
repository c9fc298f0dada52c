package secateur.distill;

import java.util.Optional;
import secateur.model.Llm;
import secateur.text.Examples;

/** Examples with rationales to teach by: there already, or what a teacher writes when they are asked for. */
public interface Lessons {

  /** The examples; the same each time. */
  Examples examples();

  /** About how many tokens of {@code student} the longest of them has with its prompt; nothing is written to find out. */
  int length(Llm student);

  /** Floating-point operations for each token that is written; 0 where all is there already. */
  double flops();

  /** {@code " from teacher"}, or empty. */
  String origin();

  /** What whoever trains on them should be told, if anything. */
  default Optional<String> notice() {
    return Optional.empty();
  }

  /** Examples that are there. */
  static Lessons of(Examples examples) {
    return new Given(examples);
  }

  /**
   * Examples that are there.
   *
   * @param examples all of them
   */
  record Given(Examples examples) implements Lessons {

    @Override
    public int length(Llm student) {
      return Learning.longest(examples, student);
    }

    @Override
    public double flops() {
      return 0;
    }

    @Override
    public String origin() {
      return "";
    }

    @Override
    public Optional<String> notice() {
      return examples.notice();
    }
  }
}
