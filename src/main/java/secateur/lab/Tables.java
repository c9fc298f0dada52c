package secateur.lab;

import java.util.List;
import java.util.function.ToDoubleFunction;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** Measurements as a table, a row each; the first row is what the others are held against. */
final class Tables {

  private static final double MIB = 1 << 20;

  private final List<Measured> rows;
  private final Table table;

  private Tables(String title, List<Measured> rows) {
    this.rows = rows;
    this.table = Table.create(title, StringColumn.create("method", rows.stream().map(Measured::label).toList()));
  }

  static Table of(String title, List<Measured> rows) {
    Measured dense = rows.get(0);
    return new Tables(title, rows)
        .column("perplexity", "", 3, Scale.above(dense.perplexity().value()), m -> m.perplexity().value())
        .column("change %", "%", 1, Scale.WORSE, m -> 100 * (m.perplexity().value() / dense.perplexity().value() - 1))
        .column("params M", "M", 3, m -> m.size().parameters() / 1e6)
        .column("sparsity %", "%", 1, Scale.SHARE, m -> 100 * m.size().sparsity())
        .column("bits/weight", "", 2, m -> m.size().bitsPerWeight())
        .column("memory MiB", "MiB", 2, m -> m.size().memory() / MIB)
        .column("disk MiB", "MiB", 2, m -> m.size().disk() / MIB)
        .column("compression", "×", 2, m -> (double) dense.size().disk() / m.size().disk())
        .column("MFLOPs/token", "", 1, m -> m.flops().executed() / 1e6)
        .column("needed", "MFLOPs/token", 1, m -> m.flops().needed() / 1e6)
        .column("prefill tokens/s", "tokens/s", 0, m -> m.speed().prefill())
        .column("decode ms/token", "ms/token", 2, m -> m.speed().decode())
        .column("speed-up", "×", 2, m -> dense.speed().decode() / m.speed().decode())
        .table;
  }

  static Table plan(List<Forecast> forecasts) {
    return Table.create("estimates; memory is what comes on top of the models that are there",
        StringColumn.create("method", forecasts.stream().map(Forecast::label).toList()),
        MeasuredColumn.of("minutes", "", forecasts.stream().mapToDouble(f -> Math.rint(f.time().toMillis() / 600.0) / 100).toArray()),
        MeasuredColumn.of("memory MiB", "MiB", forecasts.stream().mapToDouble(f -> Math.rint(f.memory() / MIB)).toArray()),
        MeasuredColumn.of("free MiB", "MiB", forecasts.stream().mapToDouble(f -> Math.rint(f.free() / MIB)).toArray()));
  }

  private Tables column(String name, String unit, int digits, ToDoubleFunction<Measured> figure) {
    return column(name, unit, digits, Scale.NONE, figure);
  }

  private Tables column(String name, String unit, int digits, Scale scale, ToDoubleFunction<Measured> figure) {
    double one = Math.pow(10, digits);
    double[] values = rows.stream().mapToDouble(figure).map(v -> Math.rint(v * one) / one).toArray();
    table.addColumns(MeasuredColumn.of(name, unit, scale, values));
    return this;
  }
}
