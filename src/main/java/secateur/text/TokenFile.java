package secateur.text;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * Token ids in a file, two bytes each, little-endian, memory-mapped: what a model is trained from. Every document is
 * followed by the end-of-text token.
 */
public final class TokenFile {
  private static final int IDS = 1 << 16;

  private final Path file;
  private final ShortBuffer ids;

  private TokenFile(Path file, ShortBuffer ids) {
    this.file = file;
    this.ids = ids;
  }

  /**
   * Tokenizes documents into a file.
   *
   * @throws IllegalArgumentException if the tokenizer has more than 65,536 ids, or no end-of-text token
   */
  public static TokenFile write(Path file, Stream<String> documents, Tokenizer tokenizer) {
    if (tokenizer.size() > IDS) {
      throw new IllegalArgumentException("a vocabulary of " + tokenizer.size() + " does not fit two bytes; allowed are " + IDS);
    }
    long end = tokenizer.end().orElseThrow(() -> new IllegalArgumentException(
        "the tokenizer names no end-of-text token, which must stand between documents"));
    try (var out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16)) {
      documents.forEachOrdered(text -> {
        Arrays.stream(tokenizer.encode(text)).forEach(id -> put(out, id));
        put(out, end);
      });
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
    return open(file);
  }

  private static void put(OutputStream out, long id) {
    try {
      out.write((int) id);
      out.write((int) (id >> 8));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write a token id", e);
    }
  }

  /** Maps a file of at most 2 GiB, a thousand million ids. */
  public static TokenFile open(Path file) {
    try (var channel = FileChannel.open(file)) {
      if (channel.size() == 0 || channel.size() % 2 != 0 || channel.size() > Integer.MAX_VALUE) {
        throw new IllegalArgumentException(file + " has " + channel.size()
            + " bytes; a token file has an even number between 2 and 2 GiB");
      }
      var bytes = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
      return new TokenFile(file, bytes.order(ByteOrder.LITTLE_ENDIAN).asShortBuffer());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  /** Number of ids. */
  public int size() {
    return ids.limit();
  }

  /** {@code length} ids from an offset on. */
  public long[] ids(int offset, int length) {
    if (offset < 0 || length < 1 || offset > size() - length) {
      throw new IllegalArgumentException("ids " + offset + " to " + ((long) offset + length) + " are not within the "
          + size() + " of " + file);
    }
    var slice = new long[length];
    Arrays.setAll(slice, i -> Short.toUnsignedLong(ids.get(offset + i)));
    return slice;
  }

  /** Slices at random offsets, (count, length): one batch of training. */
  public long[][] sample(int count, int length, RandomGenerator random) {
    if (length > size()) {
      throw new IllegalArgumentException("slices of " + length + " ids asked for, " + file + " has only " + size());
    }
    return Stream.generate(() -> ids(random.nextInt(size() - length + 1), length)).limit(count).toArray(long[][]::new);
  }

  @Override
  public String toString() {
    return "TokenFile(" + file + ", " + size() + " tokens)";
  }
}
