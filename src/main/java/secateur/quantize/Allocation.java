package secateur.quantize;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import secateur.method.Budget;
import secateur.method.ByLayer;
import secateur.method.LayerByLayer;
import secateur.method.LeastRise;
import secateur.model.Llm;
import secateur.tensor.Progress;
import secateur.text.Windows;

/** The search among the best choices of bits for the one that just meets a target. */
final class Allocation {

  private final MixedPrecision method;
  private final Budget budget;
  private final Parts parts;
  private final Windows text;
  private final List<Map<String, Integer>> choices; // the first meets the target if any does

  Allocation(MixedPrecision method, Parts parts, Windows text) {
    this.method = method;
    this.budget = method.target().budget();
    this.parts = parts;
    this.text = text;
    this.choices = choices();
    if (!method.target().growsWithBits()) {
      Collections.reverse(choices);
    }
  }

  /** From the narrowest to the widest. */
  private List<Map<String, Integer>> choices() {
    long[][] bytes = parts.bytesByLayer();
    long[][] gone = Arrays.stream(bytes).map(row -> Arrays.stream(row).map(n -> -n).toArray()).toArray(long[][]::new);
    List<Map<String, Integer>> all = new ArrayList<>();
    LeastRise.frontier(parts.risesByLayer(), gone).forEach(best -> all.add(bits(best.choices())));
    Map<String, Integer> widest = even(method.among().size() - 1);
    if (!all.get(all.size() - 1).equals(widest)) {
      all.add(widest);
    }
    return all;
  }

  private Map<String, Integer> bits(int[] widths) {
    Map<String, Integer> bits = new LinkedHashMap<>();
    parts.model().layers().keySet().forEach(layer -> bits.put(layer, method.among().get(widths[bits.size()])));
    return bits;
  }

  /** The width at place {@code width} for all layers. */
  private Map<String, Integer> even(int width) {
    return bits(IntStream.generate(() -> width).limit(parts.model().layers().size()).toArray());
  }

  private long bytes(Map<String, Integer> bits) {
    long[][] bytes = parts.bytesByLayer();
    int[] widths = bits.values().stream().mapToInt(method.among()::indexOf).toArray();
    return IntStream.range(0, widths.length).mapToLong(layer -> bytes[layer][widths[layer]]).sum();
  }

  /** The model with the bits that meet the target, made anew in one walk. */
  Llm apply(Progress progress) {
    int at = last();
    for (int back = 1; ; back *= 2) {
      Map<String, Integer> bits = choices.get(at);
      Map<String, LayerByLayer> methods = new LinkedHashMap<>();
      bits.forEach((layer, width) -> methods.put(layer, method.at(width)));
      Llm made = new ByLayer(method.toString(), methods).apply(parts.model(), text);
      try {
        double figure = budget.of(made, text);
        if (figure <= budget.most()) {
          progress.step(budget.text(figure) + ", " + text(bits));
          return made;
        }
        refuse(at, figure);
      } catch (RuntimeException | Error e) {
        made.close();
        throw e;
      }
      made.close();
      at = Math.max(0, at - back);
    }
  }

  /** The last choice that meets the target when put together of the layers that are there. */
  private int last() {
    refuse(0, figure(choices.get(0)));
    int low = 0;
    int high = choices.size();
    while (high - low > 1) {
      int middle = (low + high) / 2;
      boolean met = figure(choices.get(middle)) <= budget.most();
      low = met ? middle : low;
      high = met ? high : middle;
    }
    return method.target().growsWithBits() ? low : evenAfter(low);
  }

  /** Rises need not add up: the same bits everywhere may meet the target with fewer bytes than choice {@code at}, and then stand behind it. */
  private int evenAfter(int at) {
    for (int width = 0; width < method.among().size() && bytes(even(width)) < bytes(choices.get(at)); width++) {
      if (figure(even(width)) <= budget.most()) {
        choices.add(at + 1, even(width));
        return at + 1;
      }
    }
    return at;
  }

  private void refuse(int choice, double figure) {
    if (choice == 0 && figure > budget.most()) {
      throw new IllegalArgumentException(method.target() + " cannot be met; the least that was reached is " + budget.text(figure) + ", with "
          + text(choices.get(0)));
    }
  }

  private double figure(Map<String, Integer> bits) {
    Progress.check();
    try (Llm made = parts.with(bits)) {
      return budget.of(made, text);
    }
  }

  /** {@code 12 layers of 3 bits, 44 of 4}. */
  private static String text(Map<String, Integer> bits) {
    TreeMap<Integer, Long> counts = bits.values().stream().collect(Collectors.groupingBy(b -> b, TreeMap::new, Collectors.counting()));
    return counts.size() == 1 ? counts.firstKey() + " bits everywhere"
        : counts.entrySet().stream().map(each -> each.getValue() + " × " + each.getKey() + " bits").collect(Collectors.joining(", "));
  }
}
