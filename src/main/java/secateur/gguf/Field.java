package secateur.gguf;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * Where some bits of codes lie: byte b of a run of bytes holds those of codes b, b + d, b + 2d, … from its lowest bit on, d bytes make
 * one run.
 *
 * @param shift the lowest of a code's bits that lie here
 * @param width how many of them, a divisor of 8
 * @param distance d
 */
record Field(int shift, int width, int distance) {

  void write(int[] codes, ByteBuffer out) {
    int run = 8 / width * distance;
    for (int start = 0; start < codes.length; start += run) {
      for (int first = start; first < start + distance; first++) {
        out.put((byte) gather(codes, first));
      }
    }
  }

  private int gather(int[] codes, int first) {
    int bits = 0;
    for (int at = 0, i = first; at < 8; at += width, i += distance) {
      bits |= (codes[i] >>> shift & mask()) << at;
    }
    return bits;
  }

  /** Adds these bits to the codes, in which they are zero. */
  void read(ByteBuffer in, int[] codes) {
    int run = 8 / width * distance;
    for (int start = 0; start < codes.length; start += run) {
      for (int first = start; first < start + distance; first++) {
        scatter(in.get(), codes, first);
      }
    }
  }

  private void scatter(int bits, int[] codes, int first) {
    for (int at = 0, i = first; at < 8; at += width, i += distance) {
      codes[i] |= (bits >>> at & mask()) << shift;
    }
  }

  private int mask() {
    return (1 << width) - 1;
  }

  /** Bits of a code whose bits lie in these. */
  static int bits(List<Field> fields) {
    return fields.stream().mapToInt(Field::width).sum();
  }

  /** Codes whose bits lie in several fields, one field after the other. */
  static void write(List<Field> fields, int[] codes, ByteBuffer out) {
    fields.forEach(field -> field.write(codes, out));
  }

  static void read(List<Field> fields, ByteBuffer in, int[] codes) {
    Arrays.fill(codes, 0);
    fields.forEach(field -> field.read(in, codes));
  }
}
