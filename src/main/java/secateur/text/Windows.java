package secateur.text;

import java.util.Arrays;

/**
 * Rows of token ids, all of one length: what a model is calibrated on or measured with. Windows of a text are
 * tokenized when first asked for, once per tokenizer.
 */
public final class Windows {
  private final WindowSource source;

  Windows(WindowSource source) {
    this.source = source;
  }

  /**
   * Windows of given ids, for models without a tokenizer.
   *
   * @param ids (windows, length), at least (1, 2), all rows of the same length
   */
  public static Windows of(long[][] ids) {
    return new Windows(new FixedWindows(ids));
  }

  /**
   * The ids, (windows, length); the caller's to keep.
   *
   * @param tokenizer the model's; may be null if the ids are given
   * @throws IllegalArgumentException if the text has fewer windows than asked for, or needs a tokenizer
   */
  public long[][] ids(Tokenizer tokenizer) {
    return Arrays.stream(source.ids(tokenizer)).map(long[]::clone).toArray(long[][]::new);
  }

  /** Number of windows; that of "all" is known once they are tokenized. */
  public int count() {
    return source.count().orElseThrow(() -> new IllegalStateException(
        "the number of windows of " + source.name() + " is known only after ids(tokenizer)"));
  }

  /** Tokens of a window. */
  public int length() {
    return source.length();
  }

  /** The corpus's name, or {@code "ids"}. */
  public String name() {
    return source.name();
  }

  /** In one line all that a figure must say of its text: corpus, checksum, joining, windows, tokenizer if known. */
  public String protocol() {
    return source.protocol();
  }

  @Override
  public String toString() {
    return "Windows(" + protocol() + ")";
  }
}
