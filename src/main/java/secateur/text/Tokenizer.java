package secateur.text;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.LongStream;

/**
 * Turns text into token ids and back, as the model's own {@code tokenizer.json} says. Immutable and safe for many
 * threads; what it holds of native memory goes when nothing refers to it any more.
 */
public interface Tokenizer {
  /** Ids of a text, tokenized as a whole, with the special tokens (BOS, say) that this tokenizer adds by itself. */
  long[] encode(String text);

  /**
   * The text of ids; special tokens are left out.
   *
   * @throws IllegalArgumentException if an id is not in the vocabulary
   */
  String decode(long[] ids);

  /** Number of ids: the largest one plus one. */
  int size();

  /** The first 12 hexadecimal digits of the SHA-256 of {@code tokenizer.json}. */
  String hash();

  /** The id of the end-of-text token, if the tokenizer's files name one. */
  OptionalLong end();

  /**
   * The piece behind an id as the vocabulary spells it, for tables: {@code "Ġpublic"}.
   *
   * @throws IllegalArgumentException if the id is not in the vocabulary
   */
  String token(long id);

  /**
   * Writes {@code tokenizer.json} and {@code tokenizer_config.json} into {@code directory}.
   *
   * @throws UnsupportedOperationException if this comes from no such files
   */
  default void save(Path directory) {
    throw new UnsupportedOperationException(this + " comes from no tokenizer.json");
  }

  /** Whether {@code other} has an equal file, or equal pieces at all ids. */
  default boolean alike(Tokenizer other) {
    return hash().equals(other.hash())
        || size() == other.size() && LongStream.range(0, size()).allMatch(id -> piece(this, id).equals(piece(other, id)));
  }

  private static String piece(Tokenizer tokenizer, long id) {
    try {
      return tokenizer.token(id);
    } catch (IllegalArgumentException e) {
      return ""; // an id that the vocabulary leaves out
    }
  }

  /**
   * The tokenizer of a model's directory.
   *
   * @throws IllegalArgumentException if {@code tokenizer.json} is absent, or is none
   */
  static Tokenizer load(Path directory) {
    return find(directory).orElseThrow(() -> new IllegalArgumentException(
        "no tokenizer.json in " + directory.toAbsolutePath() + "; a fast tokenizer's file of that name is needed"));
  }

  /** The tokenizer of a model's directory; empty when it has no {@code tokenizer.json}. */
  static Optional<Tokenizer> find(Path directory) {
    return TokenizerFiles.in(directory).map(FastTokenizer::new);
  }

  /**
   * The tokenizer of a folder of the class path, {@code "secateur/models/java-8m"} for example.
   *
   * @throws IllegalArgumentException if {@code tokenizer.json} is absent there, or is none
   */
  static Tokenizer bundled(String resourceFolder) {
    return new FastTokenizer(TokenizerFiles.onClassPath(resourceFolder));
  }
}
