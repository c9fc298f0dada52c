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

  private static final int ROUNDS = 2;
  private static final int RUNS = 5;
  private static final int STEPS = 24;

  /**
   * Times {@code model} on random tokens: {@code length} read five times, then 24 written (fewer where its context is short). All
   * of it is done twice, and the first time dropped: kernels are chosen and memory is found when a shape is first met.
   */
  public static Speed of(Llm model, int length) {
    int steps = Math.min(STEPS, model.spec().sizes().context() / 2);
    int prompt = Math.min(length, model.spec().sizes().context() - steps);
    long[] ids = new Random(0).longs(prompt, 0, model.head().rows()).toArray();
    double[] prefill = new double[RUNS];
    double[] decode = new double[steps];
    for (int round = 0; round < ROUNDS; round++) {
      time(model, ids, prefill, decode);
    }
    return new Speed(prompt / median(prefill), 1000 * median(decode),
        "batch 1, %d tokens read %d times, then %d written, medians, after as much again as a warm-up, %s"
            .formatted(prompt, RUNS, steps, Devices.describe()));
  }

  private static void time(Llm model, long[] ids, double[] prefill, double[] decode) {
    for (int run = 0; run < prefill.length; run++) {
      Progress.check();
      try (Session session = new Session(model)) {
        prefill[run] = seconds(() -> session.feed(ids));
        for (int step = 0; run == prefill.length - 1 && step < decode.length; step++) {
          decode[step] = seconds(() -> session.feed(ids[0]));
        }
      }
    }
  }

  private static double seconds(Runnable work) {
    long begun = System.nanoTime();
    work.run();
    return (System.nanoTime() - begun) / 1e9;
  }

  private static double median(double[] times) {
    double[] sorted = times.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
