package secateur.cli;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import secateur.method.Sparsity;
import secateur.model.Bitmask;
import secateur.model.Dense;
import secateur.model.Linear;
import secateur.model.Sparse24;
import secateur.quantize.Rtn;
import secateur.tensor.Devices;
import secateur.tensor.Scope;
import secateur.tensor.SemiStructured;
import secateur.tensor.WeightOnly;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

@Command(name = "bench-layers", description = {"Measure what layers stored without their zeros, or as codes, take on random 2:4 weights: memory and the time of a product.",
    "The speed-up is over the dense product; the difference is the largest from it, in percent of the largest number in it."},
    footer = {"", "Examples:", "  secateur bench-layers --csv out/sparse.csv", "  secateur bench-layers --shape 512x256 --tokens 1,16"})
final class BenchLayersCommand extends Work {

  private static final double MIB = 1 << 20;
  private static final int ROUNDS = 5;

  /** One way to store a layer. */
  private record Form(String name, Function<Dense, Linear> of) {}

  private static final List<Form> FORMS = List.of(new Form("dense", dense -> dense), new Form("2:4 cuSPARSELt", Sparse24::of),
      new Form("2:4 unpacked", Sparse24::unpacked), new Form("bitmask", Bitmask::of),
      new Form("4-bit", new Rtn(4)::compress), new Form("8-bit", new Rtn(8)::compress));

  @Option(names = "--shape", paramLabel = "OUTxIN", split = ",", defaultValue = "4096x4096,11008x4096,4096x11008",
      description = "Shapes of layers (default: ${DEFAULT-VALUE}, those of LLaMA-7B).")
  private List<String> shapes;

  @Option(names = "--tokens", paramLabel = "N", split = ",", defaultValue = "1,16,512,2048", description = "Tokens at once (default: ${DEFAULT-VALUE}).")
  private List<Integer> tokens;

  @Option(names = "--runs", paramLabel = "N", defaultValue = "20",
      description = "Products of a round (default: ${DEFAULT-VALUE}); the median of 5 rounds counts, after one that does not.")
  private int runs;

  @Option(names = "--csv", paramLabel = "FILE", description = "Write the whole table as CSV.")
  private Path csv;

  private final Table table = Table.create("random weights, " + Devices.describe(), StringColumn.create("shape"), DoubleColumn.create("tokens"),
      StringColumn.create("form"), DoubleColumn.create("µs"), DoubleColumn.create("speed-up"), DoubleColumn.create("MiB"),
      DoubleColumn.create("difference %"));

  @Override
  void work() throws Exception {
    say("Device: " + Devices.describe());
    say("cuSPARSELt: " + (SemiStructured.support() instanceof SemiStructured.Absent absent ? absent.reason() : "there"));
    say("weight-only 4 bits: " + (WeightOnly.support() instanceof WeightOnly.Absent absent ? absent.reason() : "there"));
    for (String shape : shapes) {
      try (Scope scope = new Scope()) {
        measure(shape, layer(shape));
      }
    }
    new Results(spec.commandLine().getOut()).show(table);
    if (csv != null) {
      Outputs.csv(table, csv);
      say("wrote " + csv);
    }
  }

  private static Dense layer(String shape) {
    if (!shape.matches("[1-9][0-9]{0,5}x[1-9][0-9]{0,5}")) {
      throw new IllegalArgumentException("shape '" + shape + "', outputs and inputs such as 4096x4096 are needed");
    }
    long[] sides = Arrays.stream(shape.split("x")).mapToLong(Long::parseLong).toArray();
    NDArray w = Devices.manager().randomNormal(new Shape(sides));
    NDArray kept = w.mul(Sparsity.nm(2, 4).keep(w.abs())).mul(1 / Math.sqrt(sides[1]));
    return new Dense(kept.toType(Devices.activations(), false), null, DataType.FLOAT16);
  }

  private void measure(String shape, Dense dense) {
    for (int count : tokens) {
      NDArray x = Devices.manager().randomNormal(new Shape(count, dense.columns())).toType(Devices.activations(), false);
      double whole = Double.NaN;
      for (Form form : FORMS) {
        try (Scope scope = new Scope()) {
          Linear layer = form.of().apply(dense);
          if (layer instanceof Sparse24 pairs && form.name().contains("cuSPARSELt") && !pairs.path().equals("cuSPARSELt")) {
            continue;
          }
          double time = microseconds(layer, x);
          whole = layer == dense ? time : whole;
          row(shape, count, form.name(), new double[] {time, whole / time, layer.bytes() / MIB, 100 * difference(layer, dense, x)});
        } catch (EngineException e) {
          say(String.format(Locale.ROOT, "%s, %s, %d tokens: %s", form.name(), shape, count, e.getMessage()));
        }
      }
    }
  }

  private void row(String shape, int count, String form, double[] figures) {
    table.stringColumn("shape").append(shape);
    table.doubleColumn("tokens").append(count);
    table.stringColumn("form").append(form);
    table.doubleColumn("µs").append(figures[0]);
    table.doubleColumn("speed-up").append(figures[1]);
    table.doubleColumn("MiB").append(figures[2]);
    table.doubleColumn("difference %").append(figures[3]);
  }

  private double microseconds(Linear layer, NDArray x) {
    double[] times = new double[ROUNDS];
    for (int round = -1; round < ROUNDS; round++) {
      long begun = System.nanoTime();
      for (int run = 0; run < runs; run++) {
        try (NDArray y = layer.forward(x)) {
          if (run == runs - 1) {
            wait(y);
          }
        }
      }
      times[Math.max(0, round)] = (System.nanoTime() - begun) / 1e3 / runs;
    }
    Arrays.sort(times);
    return times[ROUNDS / 2];
  }

  /** Until the device has done all its work: one number is brought to the host. */
  private static void wait(NDArray y) {
    try (Scope scope = new Scope()) {
      y.get("0:1, 0:1").toType(DataType.FLOAT32, false).toFloatArray();
    }
  }

  private static double difference(Linear layer, Dense dense, NDArray x) {
    NDArray wanted = dense.forward(x).toType(DataType.FLOAT32, false);
    NDArray there = layer.forward(x).toType(DataType.FLOAT32, false);
    return there.sub(wanted).abs().max().getFloat() / wanted.abs().max().getFloat();
  }
}
