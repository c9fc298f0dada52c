package secateur.train;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Rows of tokens of which some are to be learned.
 *
 * @param ids (B, T + 1), of which the first T are read and the last T are what comes next
 * @param weights (B, T): how much each of the last T counts, 0 for not at all
 */
public record Masked(long[][] ids, float[][] weights) {

  /** Refuses rows of several lengths, negative weights, and nothing to learn. */
  public Masked {
    if (ids.length < 1 || ids.length != weights.length || ids[0].length < 2) {
      throw new IllegalArgumentException(ids.length + " rows of ids and " + weights.length + " of weights; as many are needed, at least 1 of 2 ids");
    }
    for (int row = 0; row < ids.length; row++) {
      if (ids[row].length != ids[0].length || weights[row].length != ids[0].length - 1) {
        throw new IllegalArgumentException("row " + row + " has " + ids[row].length + " ids and " + weights[row].length
            + " weights; all rows must be as long as the first, of " + ids[0].length + ", with one weight less");
      }
    }
    double sum = 0;
    for (float[] row : weights) {
      for (float weight : row) {
        if (!(weight >= 0)) {
          throw new IllegalArgumentException("a weight is " + weight + ", allowed is 0 or more");
        }
        sum += weight;
      }
    }
    if (!(sum > 0)) {
      throw new IllegalArgumentException("every weight is 0, so there is nothing to learn");
    }
  }

  /** B. */
  public int rows() {
    return ids.length;
  }

  /** T. */
  public int length() {
    return weights[0].length;
  }

  /** The sum of all weights. */
  public double sum() {
    return Arrays.stream(weights).mapToDouble(row -> IntStream.range(0, row.length).mapToDouble(t -> row[t]).sum()).sum();
  }

  /** The places b T + t whose weights are not 0, ascending: (N). */
  long[] places() {
    return IntStream.range(0, rows() * length()).filter(at -> weight(at) > 0).asLongStream().toArray();
  }

  /** The weight of place {@code at}. */
  float weight(long at) {
    return weights[(int) at / length()][(int) at % length()];
  }

  /** The token that comes after place {@code at}. */
  long next(long at) {
    return ids[(int) at / length()][(int) at % length() + 1];
  }
}
