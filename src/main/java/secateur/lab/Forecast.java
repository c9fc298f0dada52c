package secateur.lab;

import java.time.Duration;
import secateur.method.Cost;
import secateur.method.Method;
import secateur.model.Llm;
import secateur.tensor.Devices;
import secateur.tensor.Memory;
import secateur.text.Windows;

/**
 * What a step of a lab will take on this machine, estimated before it begins.
 *
 * @param label of the method
 * @param memory bytes at the peak, beside the models that are there
 * @param free bytes that can still be taken where models compute
 * @param time of the method and of measuring its result
 */
record Forecast(String label, long memory, long free, Duration time) {

  private static final int WINDOWS_OF_ERRORS = 8;
  private static final int TIMED_PROMPTS = 10;

  /**
   * What {@code method} would take.
   *
   * @param text what the method calibrates on
   * @param test what its result is measured on
   * @param dense how fast the model computes, as measured
   */
  static Forecast of(Method method, Llm model, Windows text, Windows test, Measured dense) {
    Cost cost = method.cost(model, text);
    double rate = dense.speed().prefill() * dense.flops().executed();
    long tested = (long) test.ids(model.tokenizerOrNull()).length * test.length();
    long timed = (2L * WINDOWS_OF_ERRORS + TIMED_PROMPTS) * text.length();
    double seconds = cost.flops() / rate + (tested + timed) / dense.speed().prefill();
    return new Forecast(method.toString(), cost.bytes(), Memory.free(Devices.current()), Duration.ofMillis((long) (1000 * seconds)));
  }

  /** Refuses what does not fit the memory. */
  void check() {
    Memory.check(label + ", which works beside the model,", memory);
  }
}
