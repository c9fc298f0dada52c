package secateur.gguf;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The constants of GGUF version 3, and the limits that are kept when reading and when writing. */
final class Format {

  /** "GGUF" as a little-endian number. */
  static final int MAGIC = 0x46554747;
  static final int VERSION = 3;
  static final String ALIGNMENT = "general.alignment";
  static final int DEFAULT_ALIGNMENT = 32;
  static final int LEAST_ALIGNMENT = 8;
  static final int MOST_ALIGNMENT = 64 << 10;

  static final int MAX_HEADER = 64 << 20;
  static final int MAX_KEY = (64 << 10) - 1;
  static final int MAX_STRING = 1 << 20;
  static final int MAX_TENSORS = 65_535;
  static final int MAX_DIMS = 4;
  /** Bytes of a tensor's name that are read; {@link #MAX_WRITTEN_NAME} that llama.cpp takes. */
  static final int MAX_NAME = 64;
  static final int MAX_WRITTEN_NAME = 63;

  private Format() {}

  /** The first multiple of {@code alignment} from {@code at} on. */
  static long padded(long at, int alignment) {
    return at + Math.floorMod(-at, alignment);
  }

  static boolean isAlignment(long value) {
    return value >= LEAST_ALIGNMENT && value <= MOST_ALIGNMENT && Long.bitCount(value) == 1;
  }

  /** UTF-8 of {@code text}, {@code most} bytes at most; {@code what} begins the error. */
  static byte[] utf8(String what, String text, int most) {
    try {
      ByteBuffer bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
      if (bytes.remaining() > most) {
        throw new IllegalArgumentException(what + " has " + bytes.remaining() + " bytes, allowed are " + most);
      }
      return Arrays.copyOf(bytes.array(), bytes.remaining());
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException(what + " holds half of a surrogate pair, which UTF-8 cannot say");
    }
  }

  /** Bytes of {@code shape}, outermost first, in {@code type}; an {@link IllegalArgumentException} says why it has none. */
  static long bytes(GgmlType type, long... shape) {
    if (shape.length < 1 || shape.length > MAX_DIMS) {
      throw new IllegalArgumentException("it has " + shape.length + " dimensions, allowed are 1 to " + MAX_DIMS);
    }
    long weights = 1;
    for (long dim : shape) {
      if (dim < 1) {
        throw new IllegalArgumentException("dimension " + Long.toUnsignedString(dim) + " is not in 1 to 2^63 - 1");
      }
      weights = product(weights, dim, shape);
    }
    if (shape[shape.length - 1] % type.block() != 0) {
      throw new IllegalArgumentException("rows of " + shape[shape.length - 1] + " are no whole blocks of " + type.block() + " (" + type + ")");
    }
    return product(weights / type.block(), type.blockBytes(), shape);
  }

  private static long product(long a, long b, long[] shape) {
    try {
      return Math.multiplyExact(a, b);
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException("shape " + Arrays.toString(shape) + " has more than 2^63 - 1 weights or bytes");
    }
  }
}
