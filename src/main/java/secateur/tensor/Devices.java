package secateur.tensor;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The device that a thread computes on: chosen once for all, the GPU where there is one, unless the environment variable
 * or system property {@code SECATEUR_DEVICE} says {@code cpu} or {@code gpu}; and another while {@link #on} runs.
 */
public final class Devices {

  static {
    quiet("OPT_OUT_TRACKING", "true");
    quiet("RUST_FLAVOR", "cpu");
    quiet("ai.djl.pytorch.graph_optimizer", "false"); // profiling recompiles scripts as they run: slow, and other bits
  }

  private static final NDManager HOST = NDManager.newBaseManager(Device.cpu());

  private static final Map<Device, NDManager> MANAGERS = new ConcurrentHashMap<>();
  private static final ThreadLocal<Device> HERE = new ThreadLocal<>();

  private static Device chosen;

  private Devices() {}

  /** Where models that this thread loads live and compute. */
  public static Device current() {
    Device here = HERE.get();
    return here == null ? chosen() : here;
  }

  private static synchronized Device chosen() {
    if (chosen == null) {
      chosen = choose();
    }
    return chosen;
  }

  /**
   * What {@code work} gives with {@code device} as this thread's {@link #current()}.
   *
   * @throws IllegalArgumentException if PyTorch sees no such device
   */
  public static <T> T on(Device device, Supplier<T> work) {
    check(device);
    Device before = HERE.get();
    HERE.set(device);
    try {
      return work.get();
    } finally {
      restore(before);
    }
  }

  private static void restore(Device before) {
    if (before == null) {
      HERE.remove();
    } else {
      HERE.set(before);
    }
  }

  private static void check(Device device) {
    int gpus = device.isGpu() ? Engine.getInstance().getGpuCount() : 0;
    if (device.isGpu() && device.getDeviceId() >= gpus) {
      throw new IllegalArgumentException("there is no device " + device + "; PyTorch sees "
          + (gpus == 0 ? "cpu()" : "cpu() and gpu(0) to gpu(" + (gpus - 1) + ")"));
    }
  }

  /** The manager of all long-lived arrays on {@link #current()}. */
  public static NDManager manager() {
    return MANAGERS.computeIfAbsent(current(), NDManager::newBaseManager);
  }

  /** The manager of long-lived arrays on the host, wherever {@link #current()} is. */
  public static NDManager hostManager() {
    return HOST;
  }

  /** All arrays that live until somebody closes them. */
  static Stream<NDArray> held() {
    return Stream.concat(MANAGERS.values().stream(), Stream.of(HOST)).flatMap(manager -> manager.getManagedArrays().stream());
  }

  /** The type of weights and activations there: float16 on a GPU, float32 on the CPU. */
  public static DataType activations() {
    return current().isGpu() ? DataType.FLOAT16 : DataType.FLOAT32;
  }

  /** For example {@code "cpu, 2 threads"} or {@code "NVIDIA H200"}. */
  public static String describe() {
    int threads = Integer.getInteger("ai.djl.pytorch.num_threads", Runtime.getRuntime().availableProcessors());
    return current().isGpu() ? card() : "cpu, " + threads + " threads";
  }

  /** As NVIDIA's driver names it; {@code gpu(0)} where it does not say. */
  private static String card() {
    try (Stream<Path> cards = Files.list(Path.of("/proc/driver/nvidia/gpus"))) {
      Path card = cards.sorted().skip(current().getDeviceId()).findFirst().orElseThrow(IOException::new);
      return Files.readAllLines(card.resolve("information")).stream().filter(line -> line.startsWith("Model:"))
          .map(line -> line.substring("Model:".length()).strip()).findFirst().orElse(current().toString());
    } catch (IOException e) {
      return current().toString();
    }
  }

  /** A number that an operator reads on the host. */
  static NDArray scalar(double value) {
    return HOST.create(value);
  }

  /** Whole numbers that an operator reads on the host. */
  static NDArray whole(long... values) {
    return HOST.create(values);
  }

  /** Numbers that an operator reads on the host, float64. */
  static NDArray numbers(double... values) {
    return HOST.create(values);
  }

  static Device host() {
    return Device.cpu();
  }

  private static Device choose() {
    String wish = System.getProperty("SECATEUR_DEVICE", System.getenv("SECATEUR_DEVICE"));
    boolean gpu = Engine.getInstance().getGpuCount() > 0;
    if (wish == null || wish.isBlank()) {
      return gpu ? Device.gpu() : Device.cpu();
    }
    if (wish.equalsIgnoreCase("cpu")) {
      return Device.cpu();
    }
    if (!wish.equalsIgnoreCase("gpu")) {
      throw new IllegalArgumentException("SECATEUR_DEVICE is '" + wish + "', allowed are cpu and gpu");
    }
    if (!gpu) {
      throw new IllegalArgumentException(
          "SECATEUR_DEVICE is gpu, but PyTorch sees no CUDA device; see the README on GPU set-up, or say cpu");
    }
    return Device.gpu();
  }

  private static void quiet(String key, String value) {
    if (System.getenv(key) == null && System.getProperty(key) == null) {
      System.setProperty(key, value);
    }
  }
}
