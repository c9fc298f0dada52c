package secateur.kernel;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import secateur.tensor.Devices;
import secateur.tensor.Memory;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** What a cell can learn of the session it runs in. */
public final class Workspace {

  private static final double MIB = 1 << 20;
  private static final int SHOWN = 80;

  private static long begun;

  private Workspace() {}

  /** The variables that the user declared: name, type, value in a line. */
  public static Table variables() {
    List<Variables.Variable> variables = Notebook.kernel().variables().named();
    return Table.create("",
        StringColumn.create("variable", variables.stream().map(Variables.Variable::name)),
        StringColumn.create("type", variables.stream().map(Variables.Variable::type)),
        StringColumn.create("value", variables.stream().map(Variables.Variable::value).map(Workspace::line)));
  }

  /** A value in one line, however long its own text is. */
  static String line(Object value) {
    try {
      String text = value instanceof NDArray array ? ArrayView.of(array).title() : String.valueOf(value);
      String line = text.lines().findFirst().orElse("");
      return line.length() > SHOWN ? line.substring(0, SHOWN) + "…" : line.length() < text.strip().length() ? line + " …" : line;
    } catch (RuntimeException e) {
      return "(cannot be shown: " + e + ")"; // a closed array, for example
    }
  }

  /** Arrays and bytes that models, variables and the process hold, in MiB, and the most that they may. */
  public static Table memory() {
    Memory.collect();
    Rows rows = new Rows();
    Device device = Devices.current();
    rows.arrays("models and their tables", device, Memory.models(device));
    rows.arrays("variables", device, Memory.session(device));
    if (device.isGpu()) {
      rows.arrays("models' settings", Device.cpu(), Memory.models(Device.cpu()));
      rows.arrays("variables", Device.cpu(), Memory.session(Device.cpu()));
      long total = Memory.total(device);
      rows.bytes(Devices.describe(), device, total - Memory.free(device), total);
    }
    Runtime java = Runtime.getRuntime();
    rows.bytes("Java heap", Device.cpu(), java.totalMemory() - java.freeMemory(), java.maxMemory());
    Memory.process().ifPresent(bytes -> rows.bytes("this process", Device.cpu(), bytes, bytes + Memory.free(Device.cpu())));
    return rows.table();
  }

  private static final class Rows {

    private final StringColumn what = StringColumn.create("held by");
    private final StringColumn where = StringColumn.create("on");
    private final IntColumn arrays = IntColumn.create("arrays");
    private final DoubleColumn held = DoubleColumn.create("MiB");
    private final DoubleColumn most = DoubleColumn.create("at most MiB");

    void arrays(String name, Device device, Memory.Holding holding) {
      what.append(name);
      where.append(device.isGpu() ? "gpu " + device.getDeviceId() : "cpu");
      arrays.append(holding.arrays());
      held.append(rounded(holding.bytes()));
      most.appendMissing();
    }

    void bytes(String name, Device device, long bytes, long limit) {
      what.append(name);
      where.append(device.isGpu() ? "gpu " + device.getDeviceId() : "cpu");
      arrays.appendMissing();
      held.append(rounded(bytes));
      most.append(rounded(limit));
    }

    private static double rounded(long bytes) {
      return Math.rint(10 * bytes / MIB) / 10;
    }

    Table table() {
      return Table.create("", what, where, arrays, held, most);
    }
  }

  /** What models compute on and in; the environment variable SECATEUR_DEVICE chooses at the start. */
  public static Table device() {
    Device device = Devices.current();
    Engine engine = Engine.getInstance();
    return Table.create("SECATEUR_DEVICE=cpu or gpu, set before the start, chooses another",
        StringColumn.create("device", Devices.describe()),
        StringColumn.create("numbers", Devices.activations().name().toLowerCase(Locale.ROOT)),
        DoubleColumn.create("free MiB", Rows.rounded(Memory.free(device))),
        DoubleColumn.create("of MiB", Rows.rounded(Memory.total(device))),
        StringColumn.create("engine", engine.getEngineName() + " " + engine.getVersion()),
        IntColumn.create("GPUs", new int[] {engine.getGpuCount()}));
  }

  /** From now on the running cell's time counts, and is shown when it is over. */
  public static void time() {
    Notebook.kernel(); // refuses where nobody would show it
    begun = System.nanoTime();
  }

  /** The time of the cell that is over, if it asked for it. */
  static Optional<String> took() {
    Optional<String> took = begun == 0 ? Optional.empty()
        : Optional.of(String.format(Locale.ROOT, "took %.3f s", (System.nanoTime() - begun) / 1e9));
    begun = 0;
    return took;
  }
}
