package secateur.quantize;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import secateur.measure.Sensitivity;
import secateur.method.Cost;
import secateur.model.Block;
import secateur.model.Linear;
import secateur.model.Llm;
import secateur.spec.Role;
import secateur.tensor.Progress;
import secateur.text.Windows;

/**
 * A model quantized at every width, from whose layers others are put together.
 *
 * @param made by width
 * @param rises of each layer alone, by width
 */
record Parts(Llm model, Map<Integer, Llm> made, Map<Integer, Sensitivity> rises) implements AutoCloseable {

  /** What {@code method} makes of {@code model} at each of its widths. */
  static Parts of(MixedPrecision method, Llm model, Windows text) {
    long[][] ids = text.ids(model.tokenizerOrNull());
    Windows some = Windows.of(Arrays.copyOf(ids, Math.min(method.measured(), ids.length)));
    Parts parts = new Parts(model, new LinkedHashMap<>(), new LinkedHashMap<>());
    try (Progress progress = Progress.of("sensitivity of layers", 2 * method.among().size())) {
      for (int bits : method.among()) {
        parts.made.put(bits, method.at(bits).apply(model, text));
        progress.step();
        Sensitivity rise = Sensitivity.ofLayersByDivergence(model, parts.made.get(bits), some);
        parts.rises.put(bits, rise);
        double mean = rise.rise().values().stream().mapToDouble(Double::doubleValue).average().orElseThrow();
        progress.step(String.format(Locale.ROOT, "at %d bits a layer adds %.5f nats", bits, mean));
      }
      return parts;
    } catch (RuntimeException | Error e) {
      parts.close();
      throw e;
    }
  }

  /** Bytes of all widths at once, with a quarter for scales and padding. */
  static Cost kept(Llm model, List<Integer> widths) {
    long weights = model.layers().values().stream().mapToLong(Linear::size).sum();
    return new Cost(weights * widths.stream().mapToInt(Integer::intValue).sum() / 8 * 5 / 4, 0);
  }

  /** Nats per token: (layers, widths). */
  double[][] risesByLayer() {
    return model.layers().keySet().stream()
        .map(layer -> rises.values().stream().mapToDouble(rise -> rise.rise().get(layer)).toArray()).toArray(double[][]::new);
  }

  /** On disk: (layers, widths). */
  long[][] bytesByLayer() {
    List<Map<String, Linear>> layers = made.values().stream().map(Llm::layers).toList();
    return model.layers().keySet().stream()
        .map(layer -> layers.stream().mapToLong(each -> each.get(layer).storedBytes()).toArray()).toArray(long[][]::new);
  }

  /** The model of which each layer has the width that {@code bits} says. */
  Llm with(Map<String, Integer> bits) {
    List<Block> blocks = new ArrayList<>();
    for (Block block : model.blocks()) {
      Map<Role, Linear> layers = new EnumMap<>(Role.class);
      block.roles().forEach(role ->
          layers.put(role, made.get(bits.get(block.name(role))).blocks().get(block.index()).layer(role)));
      blocks.add(block.with(layers));
    }
    return model.with(blocks);
  }

  @Override
  public void close() {
    made.values().forEach(Llm::close);
  }
}
