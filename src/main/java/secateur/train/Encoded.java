package secateur.train;

import java.util.Arrays;
import java.util.stream.LongStream;
import secateur.text.Example;
import secateur.text.Tokenizer;

/**
 * An example as tokens: its prompt, its response, and the token that ends a text where the tokenizer has one.
 *
 * @param ids of all three
 * @param prompt how many are the prompt's
 */
public record Encoded(long[] ids, int prompt) {

  /** The prompt and the response are tokenized each by itself, as a model meets them when it is asked. */
  public static Encoded of(Example example, Tokenizer tokenizer) {
    long[] prompt = tokenizer.encode(example.prompt());
    long[] response = withoutBeginning(tokenizer.encode(example.response()), tokenizer.encode(""));
    LongStream end = tokenizer.end().isPresent() ? LongStream.of(tokenizer.end().getAsLong()) : LongStream.empty();
    return new Encoded(LongStream.concat(LongStream.concat(LongStream.of(prompt), LongStream.of(response)), end).toArray(), prompt.length);
  }

  /** What a tokenizer adds to every text stands before the prompt alone. */
  private static long[] withoutBeginning(long[] ids, long[] added) {
    boolean begins = added.length <= ids.length && Arrays.equals(added, Arrays.copyOf(ids, added.length));
    return begins ? Arrays.copyOfRange(ids, added.length, ids.length) : ids;
  }

  /** The ids, then {@code padding} up to {@code length}. */
  long[] padded(int length, long padding) {
    long[] row = Arrays.copyOf(ids, length);
    Arrays.fill(row, ids.length, length, padding);
    return row;
  }

  /** (length - 1): 1 where what comes next is the response's, {@code share} where it is the prompt's, 0 where it is padding. */
  float[] weights(int length, double share) {
    float[] weights = new float[length - 1];
    Arrays.fill(weights, 0, Math.max(0, prompt - 1), (float) share);
    Arrays.fill(weights, Math.max(0, prompt - 1), ids.length - 1, 1);
    return weights;
  }
}
