package secateur.distill;

import java.util.Arrays;
import java.util.stream.Stream;
import secateur.train.Data;
import secateur.train.Masked;

/**
 * Two tasks in one batch: the weights of each add up to its share.
 *
 * @param first counts α
 * @param second counts 1 - α
 * @param alpha α
 */
record TwoTasks(Data<Masked> first, Data<Masked> second, double alpha) implements Data<Masked> {

  @Override
  public Masked batch(long index) {
    Masked one = first.batch(index);
    Masked other = second.batch(index);
    int length = Math.max(one.length(), other.length());
    return new Masked(Stream.of(one, other).flatMap(each -> Arrays.stream(each.ids()))
        .map(row -> Arrays.copyOf(row, length + 1)).toArray(long[][]::new),
        Stream.concat(scaled(one, length, alpha), scaled(other, length, 1 - alpha)).toArray(float[][]::new));
  }

  /** The weights of {@code batch}, as many as {@code length} in a row, so that all add up to {@code share}. */
  private static Stream<float[]> scaled(Masked batch, int length, double share) {
    double factor = share / batch.sum();
    return Arrays.stream(batch.weights()).map(row -> {
      float[] scaled = new float[length];
      for (int t = 0; t < row.length; t++) {
        scaled[t] = (float) (factor * row[t]);
      }
      return scaled;
    });
  }

  @Override
  public long tokens() {
    return first.tokens() + second.tokens();
  }
}
