package secateur.tensor;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.util.cuda.CudaUtils;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/** Memory in bytes: what arrays take, and what is left. An array that is a view of another counts like any other. */
public final class Memory {

  private static final Path SYSTEM = Path.of("/proc/meminfo");
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

  /** What variables of a session hold, and what is not yet freed. */
  public static Holding session() {
    return new Holding(Prompt.ARRAYS.count(), Prompt.ARRAYS.bytes());
  }

  /** The numbers of {@code array}, without what it shares with others. */
  static long bytes(NDArray array) {
    return array.size() * array.getDataType().getNumOfBytes();
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

  /** What {@code device} has. */
  public static long total(Device device) {
    return device.isGpu() ? CudaUtils.getGpuMemory(device).getMax() : machine().getTotalMemorySize();
  }

  /** What this process has on the host, the Java heap and libraries included; empty where the system does not say. */
  public static OptionalLong process() {
    return line(PROCESS, "VmRSS");
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
