package secateur.tensor;

import ai.djl.Device;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.util.cuda.CudaUtils;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Memory in bytes: what arrays take, and what is left. An array that is a view of another counts like any other. */
public final class Memory {

  private static final Pattern PYTORCH_IS_FULL = Pattern.compile("(?i)tried to allocate ([\\d.]+ \\w+)");
  private static final double MIB = 1 << 20;
  private static final Path SYSTEM = Path.of("/proc/meminfo");
  private static final Path PEAK = Path.of("/proc/self/clear_refs");
  private static final Path PROCESS = Path.of("/proc/self/status");

  private Memory() {}

  /**
   * Arrays of one kind.
   *
   * @param arrays how many
   * @param bytes of all of them
   */
  public record Holding(int arrays, long bytes) {

    private static Holding of(List<NDArray> arrays) {
      return new Holding(arrays.size(), arrays.stream().mapToLong(Memory::bytes).sum());
    }
  }

  /** What models and the library hold on {@code device}. */
  public static Holding models(Device device) {
    return Holding.of(Devices.held().filter(array -> array.getDevice().equals(device)).toList());
  }

  /** What variables of a session hold on {@code device}, and what no {@link #collect} has freed yet. */
  public static Holding session(Device device) {
    return Prompt.ARRAYS.on(device);
  }

  /** Frees what no variable refers to any more, now. */
  public static void collect() {
    Prompt.ARRAYS.collect();
  }

  /** The numbers of {@code array}, without what it shares with others; bfloat16 has no name in DJL. */
  public static long bytes(NDArray array) {
    return array.size() * (array.getDataType() == DataType.UNKNOWN ? Short.BYTES : array.getDataType().getNumOfBytes());
  }

  /** What can still be taken on {@code device}. */
  public static long free(Device device) {
    if (device.isGpu()) {
      JniUtils.emptyCudaCache();
      MemoryUsage usage = CudaUtils.getGpuMemory(device);
      return usage.getMax() - usage.getCommitted();
    }
    long limit = machine().getTotalMemorySize() - process().orElse(0); // of the container, where there is one
    return Math.min(limit, line(SYSTEM, "MemAvailable").orElseGet(() -> machine().getFreeMemorySize()));
  }

  /** Refuses {@code what} where its {@code bytes} cannot be taken on the device that computes. */
  public static void check(String what, long bytes) {
    if (bytes > free(Devices.current())) {
      collect();
    }
    check(what, bytes, free(Devices.current()), Devices.describe());
  }

  /** Refuses {@code what} where its {@code bytes} cannot be taken on the host. */
  public static void checkHost(String what, long bytes) {
    check(what, bytes, free(Device.cpu()), "the host");
  }

  static void check(String what, long bytes, long free, String place) {
    if (bytes > free) {
      throw new IllegalStateException(String.format(Locale.ROOT, "%s needs about %,.0f MiB, but %,.0f MiB are free on %s",
          what, bytes / MIB, free / MIB, place));
    }
  }

  /** What {@code device} has. */
  public static long total(Device device) {
    return device.isGpu() ? CudaUtils.getGpuMemory(device).getMax() : machine().getTotalMemorySize();
  }

  /** What this process has on the host, the Java heap and libraries included; empty where the system does not say. */
  public static OptionalLong process() {
    return line(PROCESS, "VmRSS");
  }

  /** What is taken on {@code device}, on the host by this process, on a GPU by all; {@link #peak} counts from here. */
  public static long taken(Device device) {
    if (device.isGpu()) {
      return total(device) - free(device);
    }
    try {
      if (Files.isWritable(PEAK)) {
        Files.writeString(PEAK, "5"); // proc(5): sets VmHWM to VmRSS
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return process().orElse(0);
  }

  /**
   * The most that was taken on {@code device}: on the host by this process since {@link #taken}, on a GPU by all since
   * {@link #free} or {@link #taken}, because PyTorch keeps what it once took.
   */
  public static long peak(Device device) {
    return device.isGpu() ? CudaUtils.getGpuMemory(device).getCommitted() : line(PROCESS, "VmHWM").orElse(0);
  }

  /** What {@code failure} means and what helps, if it says that memory is full; empty for other failures. */
  public static Optional<String> full(Throwable failure) {
    if (failure instanceof OutOfMemoryError) {
      return Optional.of(String.format(Locale.ROOT, "the Java heap of %,.0f MiB is full; close what is not needed, or give it more with"
          + " SECATEUR_JVM_OPTS=-Xmx8g before the start", Runtime.getRuntime().maxMemory() / MIB));
    }
    Matcher words = PYTORCH_IS_FULL.matcher(String.valueOf(failure.getMessage()));
    return !(failure instanceof EngineException && words.find()) ? Optional.empty()
        : Optional.of("PyTorch found no memory for " + words.group(1) + " more on " + Devices.describe()
            + "; fewer or shorter windows, a smaller model, or closing models that are not needed helps");
  }

  private static com.sun.management.OperatingSystemMXBean machine() {
    return (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
  }

  /** {@code Name:   123 kB} in bytes. */
  private static OptionalLong line(Path file, String name) {
    try {
      return Files.readAllLines(file).stream().filter(line -> line.startsWith(name + ":"))
          .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("\\D", ""))).findFirst();
    } catch (IOException e) {
      return OptionalLong.empty(); // not Linux
    }
  }
}
