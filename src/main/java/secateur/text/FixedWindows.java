package secateur.text;

import java.util.Arrays;
import java.util.OptionalInt;

/** Windows of given ids. */
record FixedWindows(long[][] ids) implements WindowSource {
  FixedWindows {
    if (ids.length == 0 || ids[0].length < 2) {
      throw new IllegalArgumentException("windows of ids need at least 1 row of 2 ids");
    }
    for (var row : ids) {
      if (row.length != ids[0].length) {
        throw new IllegalArgumentException("a row of " + row.length + " ids among rows of " + ids[0].length
            + "; all rows must have the same length");
      }
    }
    ids = Arrays.stream(ids).map(long[]::clone).toArray(long[][]::new);
  }

  @Override
  public String name() {
    return "ids";
  }

  @Override
  public int length() {
    return ids[0].length;
  }

  @Override
  public OptionalInt count() {
    return OptionalInt.of(ids.length);
  }

  @Override
  public String protocol() {
    return "ids (sha256 " + Sha256.of(Arrays.deepToString(ids)).substring(0, 8) + "…), " + ids.length
        + " windows of " + length();
  }

  @Override
  public long[][] ids(Tokenizer tokenizer) {
    return ids;
  }
}
