package secateur.text;

import java.util.List;
import java.util.SplittableRandom;

/**
 * Sentences put together of a beginning and an end. Of the pairs of both, those on one diagonal are held out, so that every
 * beginning and every end occurs on either side, but no sentence does.
 */
final class Wording {

  private static final int FOLDS = 5;

  private Wording() {}

  /** A sentence of one of {@code begins} and one of {@code ends}, five of each, with {@code %s} for what it is about. */
  static String sentence(List<String> begins, List<String> ends, boolean heldOut, SplittableRandom random) {
    int begin = random.nextInt(FOLDS);
    int end = heldOut ? (FOLDS - begin) % FOLDS : (FOLDS - begin + 1 + random.nextInt(FOLDS - 1)) % FOLDS;
    return begins.get(begin) + ends.get(end);
  }

  /** Whether a question about {@code content} is held out: one in five. */
  static boolean heldOut(String content) {
    return new SplittableRandom(content.hashCode()).nextInt(FOLDS) == 0;
  }

  static <T> T one(List<T> of, SplittableRandom random) {
    return of.get(random.nextInt(of.size()));
  }
}
