package secateur;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Random changes to files: the same for the same seed. */
public final class Mutations {

  private static final long[] NUMBERS = {0, 1, 2, 7, 8, 9, 31, 32, 33, 64, 127, 128, 255, 256, 65_535, 65_536, Integer.MAX_VALUE, 1L << 31, 1L << 32, 1L << 40,
      1L << 61, 1L << 62, Long.MAX_VALUE, Long.MIN_VALUE, -1, -2, -32};

  private final SplittableRandom random;
  private final List<byte[]> seeds;
  private final List<byte[]> words;

  /** Changes of {@code seeds}; {@code words} are put in at random places. */
  public Mutations(long seed, List<byte[]> seeds, List<byte[]> words) {
    this.random = new SplittableRandom(seed);
    this.seeds = seeds;
    this.words = words;
  }

  /** A seed with one to four changes. */
  public byte[] next() {
    byte[] bytes = seeds.get(random.nextInt(seeds.size()));
    for (int left = 1 + random.nextInt(4); left > 0; left--) {
      bytes = changed(bytes.clone());
    }
    return bytes;
  }

  private byte[] changed(byte[] bytes) {
    int at = random.nextInt(bytes.length + 1);
    int end = Math.min(bytes.length, at + 1 + random.nextInt(16));
    return switch (random.nextInt(8)) {
      case 0 -> flipped(bytes, at);
      case 1 -> number(bytes, at, 1);
      case 2 -> number(bytes, at, 4);
      case 3 -> number(bytes, at, 8);
      case 4 -> Arrays.copyOf(bytes, at);
      case 5 -> spliced(bytes, at, new byte[0], end);
      case 6 -> spliced(bytes, at, words.get(random.nextInt(words.size())), random.nextBoolean() ? at : end);
      default -> spliced(bytes, end, Arrays.copyOfRange(bytes, at, end), end);
    };
  }

  private byte[] flipped(byte[] bytes, int at) {
    if (at < bytes.length) {
      bytes[at] ^= (byte) (1 << random.nextInt(8));
    }
    return bytes;
  }

  private byte[] number(byte[] bytes, int at, int length) {
    long number = random.nextBoolean() ? NUMBERS[random.nextInt(NUMBERS.length)] : random.nextLong(300);
    for (int i = 0; i < length && at + i < bytes.length; i++) {
      bytes[at + i] = (byte) (number >>> 8 * i);
    }
    return bytes;
  }

  /** {@code piece} in place of bytes {@code from} to {@code to}. */
  private static byte[] spliced(byte[] bytes, int from, byte[] piece, int to) {
    byte[] all = Arrays.copyOf(bytes, from + piece.length + bytes.length - to);
    System.arraycopy(piece, 0, all, from, piece.length);
    System.arraycopy(bytes, to, all, from + piece.length, bytes.length - to);
    return all;
  }

  /** Reads {@code bytes} as a channel does. */
  public static int read(byte[] bytes, ByteBuffer to, long at) {
    if (at >= bytes.length) {
      return -1;
    }
    int count = (int) Math.min(to.remaining(), bytes.length - at);
    to.put(bytes, (int) at, count);
    return count;
  }
}
