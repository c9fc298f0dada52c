package secateur.model;

import java.util.Random;
import java.util.stream.IntStream;

/** Chooses the next token. */
@FunctionalInterface
public interface Sampler {

  /** The most likely token. */
  Sampler GREEDY = logits -> IntStream.range(0, logits.length).reduce(0, (a, b) -> logits[b] > logits[a] ? b : a);

  /** The token to come, for {@code logits} (V). */
  int choose(float[] logits);

  /** Draws from softmax(logits / temperature); the same {@code seed} draws the same. */
  static Sampler temperature(double temperature, long seed) {
    if (!(temperature > 0)) {
      throw new IllegalArgumentException("temperature is " + temperature + ", it must be above 0; greedy is Sampler.GREEDY");
    }
    Random random = new Random(seed);
    return logits -> draw(logits, temperature, random.nextDouble());
  }

  private static int draw(float[] logits, double temperature, double uniform) {
    double max = logits[GREEDY.choose(logits)];
    double[] weights = IntStream.range(0, logits.length).mapToDouble(i -> Math.exp((logits[i] - max) / temperature)).toArray();
    double left = uniform * java.util.Arrays.stream(weights).sum();
    for (int i = 0; i < weights.length; i++) {
      left -= weights[i];
      if (left < 0) {
        return i;
      }
    }
    return GREEDY.choose(logits);
  }
}
