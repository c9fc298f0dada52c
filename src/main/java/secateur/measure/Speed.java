package secateur.measure;

import java.util.Arrays;
import java.util.Random;
import secateur.model.Llm;
import secateur.model.Session;
import secateur.tensor.Devices;
import secateur.tensor.Progress;

/**
 * How fast a model reads and writes, one sequence at a time; medians, the first runs dropped.
 *
 * @param prefill tokens read per second
 * @param decode milliseconds for one more token
 * @param protocol lengths, runs and device
 */
public record Speed(double prefill, double decode, String protocol) {

  private static final int WARM_UP = 2;
  private static final int RUNS = 5;
  private static final int STEPS = 32;

  /** Times {@code model} on random tokens: {@code length} read, then {@code STEPS} written. */
  public static Speed of(Llm model, int length) {
    int prompt = Math.min(length, model.spec().sizes().context() - STEPS - WARM_UP);
    long[] ids = new Random(0).longs(prompt, 0, model.head().rows()).toArray();
    double[] prefill = new double[WARM_UP + RUNS];
    double[] decode = new double[WARM_UP + STEPS];
    for (int run = 0; run < prefill.length; run++) {
      Progress.check();
      try (Session session = new Session(model)) {
        prefill[run] = seconds(() -> session.feed(ids));
        for (int step = 0; run == prefill.length - 1 && step < decode.length; step++) {
          decode[step] = seconds(() -> session.feed(ids[0]));
        }
      }
    }
    return new Speed(prompt / median(prefill), 1000 * median(decode), "batch 1, " + prompt + " tokens read " + RUNS
        + " times, " + STEPS + " written after them, medians, " + WARM_UP + " warm-up runs dropped, " + Devices.describe());
  }

  private static double seconds(Runnable work) {
    long begun = System.nanoTime();
    work.run();
    return (System.nanoTime() - begun) / 1e9;
  }

  private static double median(double[] times) {
    double[] kept = Arrays.copyOfRange(times, WARM_UP, times.length);
    Arrays.sort(kept);
    return kept[kept.length / 2];
  }
}
