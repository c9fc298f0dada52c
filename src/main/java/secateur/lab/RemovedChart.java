package secateur.lab;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.knowm.xchart.XYChart;
import secateur.lab.CellMap.Panel;
import secateur.model.Block;
import secateur.model.Llm;
import secateur.spec.Part;
import secateur.spec.Spec;

/**
 * A map of what structured pruning removed: a row for each block of the original, a column for each of its heads, neurons and,
 * where some are gone, channels; some together where they are many.
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
    List<Panel> panels = new ArrayList<>(Stream.of(Part.values()).map(chart::panel).toList());
    model.spec().remains().originalChannels().ifPresent(count -> panels.add(chart.panel("channels", count, Block::channels)));
    return new CellMap("What was removed, by the numbers of the original", rows, panels).chart();
  }

  private Panel panel(Part part) {
    int count = model.spec().remains().original(part).orElseGet(() -> model.blocks().get(0).numbers(part).length);
    return panel(name(part), count, block -> block.numbers(part));
  }

  /** @param numbers those that are left of the {@code count} that a block had */
  private Panel panel(String name, int count, Function<Block, int[]> numbers) {
    int together = (count + MOST - 1) / MOST;
    List<double[]> rows = new ArrayList<>();
    for (int number = 0; number < model.spec().remains().blocks(); number++) {
      rows.add(shares(left(number).map(numbers), count, together));
    }
    return new Panel(name + " 0 to " + (count - 1) + (together == 1 ? "" : ", " + together + " in a cell"), figure(count, numbers), rows);
  }

  /** The share of {@code count} that is not {@code left}, for each run of {@code together}. */
  private static double[] shares(Optional<int[]> left, int count, int together) {
    boolean[] stays = new boolean[count];
    left.ifPresent(numbers -> Arrays.stream(numbers).forEach(group -> stays[group] = true));
    return IntStream.range(0, (count + together - 1) / together).mapToDouble(cell ->
        IntStream.range(cell * together, Math.min(count, (cell + 1) * together)).mapToDouble(group -> stays[group] ? 0 : 1)
            .average().orElse(0)).toArray();
  }

  private String figure(int count, Function<Block, int[]> numbers) {
    long left = model.blocks().stream().mapToLong(block -> numbers.apply(block).length).sum();
    long all = (long) count * model.spec().remains().blocks();
    return String.format(Locale.ROOT, "%,d of %,d gone", all - left, all);
  }

  private Optional<Block> left(int number) {
    return model.blocks().stream().filter(block -> block.number() == number).findFirst();
  }

  private String name(Part part) {
    Spec spec = model.spec();
    boolean grouped = part == Part.HEADS && spec.heads().keyValues() > 1 && spec.heads().group() > 1;
    return grouped ? "key-value heads" : part.label();
  }
}
