package secateur.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import secateur.measure.Size;
import secateur.measure.Speed;
import secateur.method.Method;
import secateur.model.Llm;
import secateur.quantize.Rtn;
import secateur.tensor.Devices;
import secateur.tensor.Memory;
import secateur.tensor.WeightOnly;
import secateur.text.Windows;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

@Command(name = "bench-decode", description = {"Measure memory, prefill and decode of quantized models beside the dense one, on random weights of LLaMA's architecture.",
    "Taken is what the device has less after a model was made, with PyTorch's own store emptied; on the CPU it is what the process has more."},
    footer = {"", "Examples:", "  secateur bench-decode", "  secateur bench-decode --hidden 1024 --blocks 8 --forms DENSE,RTN_4"})
final class BenchDecodeCommand extends Work {

  private static final double MIB = 1 << 20;

  /** What is measured. */
  enum Form {
    /** float16 on a GPU, float32 on the CPU. */
    DENSE(() -> null),
    /** 8 bits. */
    RTN_8(() -> new Rtn(8)),
    /** 4 bits in groups. */
    RTN_4(() -> new Rtn(4).group(128)),
    /** 3 bits in groups. */
    RTN_3(() -> new Rtn(3).group(128));

    private final Supplier<Method> method;

    Form(Supplier<Method> method) {
      this.method = method;
    }
  }

  @Option(names = "--hidden", paramLabel = "N", defaultValue = "4096", description = "Width (default: ${DEFAULT-VALUE}, as LLaMA-7B has).")
  private int hidden;

  @Option(names = "--blocks", paramLabel = "N", defaultValue = "32", description = "Blocks (default: ${DEFAULT-VALUE}, as LLaMA-7B has).")
  private int blocks;

  @Option(names = "--length", paramLabel = "N", defaultValue = "512", description = "Tokens read at once (default: ${DEFAULT-VALUE}).")
  private int length;

  @Option(names = "--forms", paramLabel = "FORM", split = ",", defaultValue = "DENSE,RTN_8,RTN_4,RTN_3", description = "${COMPLETION-CANDIDATES}")
  private List<Form> forms;

  @Option(names = "--csv", paramLabel = "FILE", description = "Write the whole table as CSV.")
  private Path csv;

  private final Table table = Table.create("random weights of LLaMA's shapes, " + Devices.describe(), StringColumn.create("form"),
      DoubleColumn.create("MiB of arrays"), DoubleColumn.create("MiB taken"), DoubleColumn.create("prefill tokens/s"), DoubleColumn.create("decode ms"), DoubleColumn.create("speed-up"));

  @Override
  void work() throws Exception {
    say("Device: " + Devices.describe());
    say("weight-only: " + WeightOnly.probed().describe());
    long before = Memory.taken(Devices.current());
    try (Llm model = Llm.repeated(RandomLlama.config(hidden, blocks), 0)) {
      for (Form form : forms) {
        measure(form, model, before);
      }
    }
    new Results(spec.commandLine().getOut()).show(table);
    if (csv != null) {
      Outputs.csv(table, csv);
      say("wrote " + csv);
    }
  }

  private void measure(Form form, Llm dense, long idle) {
    if (form == Form.DENSE) {
      row("dense", dense, Memory.taken(Devices.current()) - idle);
      return;
    }
    Method method = form.method.get();
    long before = Memory.taken(Devices.current());
    try (Llm made = method.apply(dense, Windows.of(new long[][] {{0, 1}}))) {
      row(method.toString(), made, Memory.taken(Devices.current()) - before);
    }
  }

  private void row(String form, Llm model, long taken) {
    Speed speed = Speed.of(model, length);
    table.stringColumn("form").append(form);
    table.doubleColumn("MiB of arrays").append(Size.of(model).memory() / MIB);
    table.doubleColumn("MiB taken").append(taken / MIB);
    table.doubleColumn("prefill tokens/s").append(speed.prefill());
    table.doubleColumn("decode ms").append(speed.decode());
    table.doubleColumn("speed-up").append(table.doubleColumn("speed-up").isEmpty() ? 1 : table.doubleColumn("decode ms").get(0) / speed.decode());
    say(String.format(Locale.ROOT, "%s: %.0f MiB, %.0f tokens/s, %.2f ms", form, taken / MIB, speed.prefill(), speed.decode()));
  }
}
