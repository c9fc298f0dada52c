package secateur.lab;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;
import secateur.lab.CellMap.Panel;
import secateur.model.Block;
import secateur.model.Llm;
import secateur.spec.Part;
import secateur.spec.Spec;

/**
 * A map of what structured pruning removed: a row for each block of the original, a column for each of its heads and, some
 * together where they are many, for its neurons.
 */
final class RemovedChart {

  private static final int MOST = 128;

  private final Llm model;

  private RemovedChart(Llm model) {
    this.model = model;
  }

  static XYChart of(Llm model) {
    RemovedChart chart = new RemovedChart(model);
    List<String> rows = IntStream.range(0, model.spec().remains().blocks()).mapToObj(String::valueOf).toList();
    return new CellMap("What was removed, by the numbers of the original", rows,
        Arrays.stream(Part.values()).map(chart::panel).toList()).chart();
  }

  private Panel panel(Part part) {
    int count = original(part);
    int together = (count + MOST - 1) / MOST;
    List<double[]> rows = new ArrayList<>();
    for (int number = 0; number < model.spec().remains().blocks(); number++) {
      rows.add(shares(left(number), part, count, together));
    }
    String name = name(part) + " 0 to " + (count - 1) + (together == 1 ? "" : ", " + together + " in a cell");
    return new Panel(name, percent(part, count), rows);
  }

  /** The share of the groups of {@code part} that are gone from {@code block}, for each run of {@code together}. */
  private static double[] shares(Optional<Block> block, Part part, int count, int together) {
    boolean[] stays = new boolean[count];
    block.ifPresent(left -> Arrays.stream(left.numbers(part)).forEach(group -> stays[group] = true));
    return IntStream.range(0, (count + together - 1) / together).mapToDouble(cell ->
        IntStream.range(cell * together, Math.min(count, (cell + 1) * together)).mapToDouble(group -> stays[group] ? 0 : 1)
            .average().orElse(0)).toArray();
  }

  private String percent(Part part, int count) {
    long left = model.blocks().stream().mapToLong(block -> block.numbers(part).length).sum();
    long all = (long) count * model.spec().remains().blocks();
    return String.format(Locale.ROOT, "%,d of %,d gone", all - left, all);
  }

  private Optional<Block> left(int number) {
    return model.blocks().stream().filter(block -> block.number() == number).findFirst();
  }

  /** How many each block of the original had. */
  private int original(Part part) {
    return model.spec().remains().original(part).orElseGet(() -> model.blocks().get(0).numbers(part).length);
  }

  private String name(Part part) {
    Spec spec = model.spec();
    boolean grouped = part == Part.HEADS && spec.heads().keyValues() > 1 && spec.heads().group() > 1;
    return grouped ? "key-value heads" : part.label();
  }
}
