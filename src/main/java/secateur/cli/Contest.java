package secateur.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import secateur.lab.Comparison;
import secateur.lab.Lab;
import secateur.lab.Measured;
import secateur.method.Method;
import secateur.tensor.Progress;

/**
 * Methods compared one after the other, as far as it went.
 *
 * @param comparison what was finished; at least one method
 * @param failure why it went no further, or empty
 */
record Contest(Comparison comparison, Optional<RuntimeException> failure) {

  /** Compares {@code methods} in {@code lab}; a failure before the first result is thrown. */
  static Contest of(Lab lab, List<Method> methods) {
    List<Measured> rows = new ArrayList<>();
    try (Progress progress = Progress.of("comparing " + Lines.count(methods.size(), "method"), methods.size())) {
      for (Method method : methods) {
        List<Measured> pair = lab.compare(method).rows();
        rows.addAll(rows.isEmpty() ? pair : pair.subList(1, 2));
        progress.step(figure(pair.get(1)));
      }
      return new Contest(new Comparison(rows), Optional.empty());
    } catch (RuntimeException e) {
      if (rows.isEmpty()) {
        throw e;
      }
      return new Contest(new Comparison(rows), Optional.of(e));
    }
  }

  /** Throws what stopped it. */
  void finish() {
    failure.ifPresent(e -> {
      throw e;
    });
  }

  private static String figure(Measured measured) {
    return String.format(Locale.ROOT, "%s: perplexity %.2f", measured.label(), measured.perplexity().value());
  }
}
