package secateur.method;

import java.util.List;
import java.util.Map;
import java.util.Set;
import secateur.model.Cut;
import secateur.model.Linear;
import secateur.model.Llm;
import secateur.spec.Part;
import secateur.tensor.Progress;
import secateur.text.Windows;

/**
 * A method that removes heads or neurons of blocks, those that matter least: the matrices become smaller. It says what
 * competes, how much goes and what matters; this skeleton ranks and cuts.
 */
public interface Structural extends Method {

  /** What is removed. */
  Set<Part> parts();

  /** How much of it. */
  Width width();

  /** By what groups are ranked. */
  Importance importance();

  /** How much every group of {@code model} matters. */
  default GroupScores scores(Llm model, Windows text) {
    try (Importance.Units units = importance().of(model, text)) {
      return GroupScores.of(model, parts(), units);
    }
  }

  @Override
  default void check(Llm model) {
    width().protection().check(model.blocks().size());
  }

  @Override
  default Cost cost(Llm model, Windows text) {
    long weights = model.layers().values().stream().mapToLong(Linear::size).sum();
    return importance().cost(model, text).then(Cost.weights(model).with(new Cost(0, 4.0 * weights)));
  }

  @Override
  default Llm apply(Llm model, Windows text) {
    check(model);
    try (Progress progress = Progress.of(toString(), 2)) {
      Map<Part, List<int[]>> kept = scores(model, text).survivors(width());
      progress.step();
      Llm made = Cut.groups(model, kept);
      progress.step();
      return made;
    }
  }
}
