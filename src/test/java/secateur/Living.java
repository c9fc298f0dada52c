package secateur;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.management.JMException;
import javax.management.ObjectName;
import secateur.file.StoredType;
import secateur.tensor.Devices;
import secateur.tensor.Memory;

/**
 * How many arrays live: every array object that the heap still reaches, and the bytes of those that the project's
 * managers hold. An array that nobody closed stays reachable through its manager.
 */
public record Living(long arrays, long bytes) {

  /** What lives now, after a garbage collection. */
  public static Living now() {
    return counted();
  }

  private static Living counted(String... options) {
    long bytes = 0;
    for (NDManager manager : managers()) {
      for (NDArray array : manager.getManagedArrays()) {
        bytes += array.size() * array.getDataType().getNumOfBytes();
      }
    }
    return new Living(instances(PtNDArray.class, options), bytes);
  }

  /** What lives once all that is unreachable is freed: models give their arrays back one collection after their own. */
  public static Living settled() {
    Living before = null;
    for (int still = 0; still < 2; ) {
      Memory.collect(); // waits for the cleaner
      Living after = counted("-all");
      still = after.equals(before) ? still + 1 : 0;
      before = after;
    }
    return before;
  }

  /** The managers that the project's classes keep for good. */
  @SuppressWarnings("unchecked")
  private static List<NDManager> managers() {
    List<NDManager> managers = new ArrayList<>();
    for (Class<?> owner : List.of(Devices.class, StoredType.class)) {
      for (Field field : owner.getDeclaredFields()) {
        if (field.getType() == NDManager.class) {
          managers.add((NDManager) value(field));
        } else if (field.getName().equals("MANAGERS")) {
          managers.addAll(((Map<?, NDManager>) value(field)).values());
        }
      }
    }
    return managers;
  }

  private static Object value(Field field) {
    try {
      field.setAccessible(true);
      return field.get(null);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The JVM's own class histogram, which collects garbage first, unless it is asked for all. */
  private static long instances(Class<?> type, String... options) {
    try {
      String histogram = (String) ManagementFactory.getPlatformMBeanServer().invoke(
          new ObjectName("com.sun.management:type=DiagnosticCommand"), "gcClassHistogram",
          new Object[] {options}, new String[] {String[].class.getName()});
      return histogram.lines().map(String::trim).filter(line -> line.endsWith(" " + type.getName()))
          .mapToLong(line -> Long.parseLong(line.split("\\s+")[1])).sum();
    } catch (JMException e) {
      throw new IllegalStateException(e);
    }
  }
}
