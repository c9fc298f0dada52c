package secateur.lab;

import java.util.LinkedHashMap;
import java.util.Map;
import secateur.measure.Flops;
import secateur.measure.LayerErrors;
import secateur.measure.Perplexity;
import secateur.measure.Size;
import secateur.measure.Speed;
import secateur.model.Llm;
import secateur.model.Uncut;
import secateur.tensor.Progress;
import secateur.text.Windows;

/**
 * All that the lab knows of one model.
 *
 * @param label how it came to be
 * @param sparsity share of zeros by layer, as the model that others are held against names them; dropped ones are not there
 * @param errors relative output error by layer, likewise; empty for the model that others are held against
 */
public record Measured(String label, Perplexity perplexity, Size size, Flops flops, Speed speed,
    Map<String, Double> sparsity, Map<String, Double> errors) {

  private static final int PARTS = 3;

  /** Measures the model that all others are held against. */
  static Measured baseline(String label, Llm model, Windows test) {
    return of(label, model, test, Size.sparsityByLayer(model), Map.of());
  }

  /** Measures {@code model}, whose layers are held against those of {@code dense} on {@code text}. */
  static Measured against(Llm dense, String label, Llm model, Windows text, Windows test) {
    return of(label, model, test, sparsity(dense, model), LayerErrors.of(dense, model, text));
  }

  private static Map<String, Double> sparsity(Llm dense, Llm model) {
    Map<String, Double> left = Size.sparsityByLayer(model);
    Map<String, Double> sparsity = new LinkedHashMap<>();
    dense.blocks().forEach(block -> Uncut.find(dense, block, model).ifPresent(
        other -> other.roles().forEach(role -> sparsity.put(block.name(role), left.get(other.name(role))))));
    return sparsity;
  }

  private static Measured of(String label, Llm model, Windows test, Map<String, Double> sparsity, Map<String, Double> errors) {
    try (Progress progress = Progress.of("measuring " + label, PARTS)) {
      Perplexity perplexity = Perplexity.of(model, test);
      progress.step(String.format(java.util.Locale.ROOT, "perplexity %.2f", perplexity.value()));
      Size size = Size.of(model);
      progress.step();
      Speed speed = Speed.of(model, test.length());
      progress.step();
      return new Measured(label, perplexity, size, Flops.of(model, size, test.length()), speed, sparsity, errors);
    }
  }
}
