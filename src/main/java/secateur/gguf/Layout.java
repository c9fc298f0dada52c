package secateur.gguf;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/** Where the parts of a superblock lie in its bytes. */
enum Layout {
  Q2_K(16, new Field(0, 2, 32)) {
    @Override
    void write(Superblock from, ByteBuffer out) {
      for (int j = 0; j < from.parts(); j++) {
        out.put((byte) (from.scale[j] | from.min[j] << 4));
      }
      writeCodes(from, out);
      out.putShort(from.d).putShort(from.dmin);
    }

    @Override
    void read(ByteBuffer in, Superblock to) {
      for (int j = 0; j < to.parts(); j++) {
        int both = in.get();
        to.scale[j] = both & 15;
        to.min[j] = both >>> 4 & 15;
      }
      readCodes(in, to);
      to.d = in.getShort();
      to.dmin = in.getShort();
    }
  },
  /** Scales, 32 added: four bits of each, then the two others. */
  Q3_K(16, new Field(2, 1, 32), new Field(0, 2, 32)) {
    @Override
    void write(Superblock from, ByteBuffer out) {
      writeCodes(from, out);
      Field.write(SCALES, Arrays.stream(from.scale).map(s -> s + 32).toArray(), out);
      out.putShort(from.d);
    }

    @Override
    void read(ByteBuffer in, Superblock to) {
      readCodes(in, to);
      Field.read(SCALES, in, to.scale);
      Arrays.setAll(to.scale, j -> to.scale[j] - 32);
      to.d = in.getShort();
    }
  },
  Q4_K(8, new Field(0, 4, 32)),
  Q5_K(8, new Field(4, 1, 32), new Field(0, 4, 32)),
  /** Scales are signed bytes. */
  Q6_K(16, new Field(0, 4, 64), new Field(4, 2, 32)) {
    @Override
    void write(Superblock from, ByteBuffer out) {
      writeCodes(from, out);
      for (int scale : from.scale) {
        out.put((byte) scale);
      }
      out.putShort(from.d);
    }

    @Override
    void read(ByteBuffer in, Superblock to) {
      readCodes(in, to);
      for (int j = 0; j < to.parts(); j++) {
        to.scale[j] = in.get();
      }
      to.d = in.getShort();
    }
  };

  private static final List<Field> SCALES = List.of(new Field(0, 4, 8), new Field(4, 2, 4));

  private final int parts;
  private final List<Field> codes;

  Layout(int parts, Field... codes) {
    this.parts = parts;
    this.codes = List.of(codes);
  }

  void write(Superblock from, ByteBuffer out) {
    out.putShort(from.d).putShort(from.dmin);
    writeSixBits(from, out);
    writeCodes(from, out);
  }

  void read(ByteBuffer in, Superblock to) {
    to.d = in.getShort();
    to.dmin = in.getShort();
    readSixBits(in, to);
    readCodes(in, to);
  }

  /** Bits of a code. */
  int bits() {
    return Field.bits(codes);
  }

  /** A superblock of this layout, to be filled. */
  Superblock superblock() {
    return new Superblock(parts);
  }

  void writeCodes(Superblock from, ByteBuffer out) {
    Field.write(codes, from.code, out);
  }

  void readCodes(ByteBuffer in, Superblock to) {
    Field.read(codes, in, to.code);
  }

  /**
   * Scales and minima of six bits in twelve bytes: those of the first four sub-blocks, a byte each, share their bytes with the upper
   * two bits of the others; then the lower four bits of the others.
   */
  private static void writeSixBits(Superblock from, ByteBuffer out) {
    writeSixBits(from.scale, out);
    writeSixBits(from.min, out);
    for (int j = 4; j < 8; j++) {
      out.put((byte) (from.scale[j] & 15 | (from.min[j] & 15) << 4));
    }
  }

  private static void writeSixBits(int[] six, ByteBuffer out) {
    for (int j = 0; j < 4; j++) {
      out.put((byte) (six[j] | six[j + 4] >>> 4 << 6));
    }
  }

  private static void readSixBits(ByteBuffer in, Superblock to) {
    readSixBits(in, to.scale);
    readSixBits(in, to.min);
    for (int j = 4; j < 8; j++) {
      int both = in.get();
      to.scale[j] |= both & 15;
      to.min[j] |= both >>> 4 & 15;
    }
  }

  private static void readSixBits(ByteBuffer in, int[] six) {
    for (int j = 0; j < 4; j++) {
      int both = in.get();
      six[j] = both & 63;
      six[j + 4] = (both >>> 6 & 3) << 4;
    }
  }
}
