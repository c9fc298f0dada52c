package secateur.course;

/**
 * What a student enters in the capstone's leaderboard: the value that its last test cell ends in.
 *
 * @param perplexity at least 1
 * @param bytes of the exported file, above 0
 */
public record Entry(double perplexity, long bytes) {

  public Entry {
    if (!(perplexity >= 1) || Double.isInfinite(perplexity)) {
      throw new IllegalArgumentException("perplexity is " + perplexity + "; it is a finite number of at least 1");
    }
    if (bytes <= 0) {
      throw new IllegalArgumentException("bytes is " + bytes + "; a file has at least one byte");
    }
  }
}
