package secateur.tensor;

import ai.djl.Device;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/** Something that each device has one of, made on it when it is first asked for there. */
final class ByDevice<T> {

  private final Map<Device, T> made = new HashMap<>();
  private final Supplier<T> maker;

  ByDevice(Supplier<T> maker) {
    this.maker = maker;
  }

  /** That of {@link Devices#current()}. */
  synchronized T here() {
    T there = made.get(Devices.current());
    if (there == null) {
      there = maker.get();
      made.put(Devices.current(), there);
    }
    return there;
  }
}
