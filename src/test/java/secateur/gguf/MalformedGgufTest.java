package secateur.gguf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import secateur.MalformedFile;
import secateur.OpenFiles;
import secateur.Refusal;
import secateur.file.MalformedFileException;

/** Files that lie: each is refused at its byte. */
class MalformedGgufTest {

  private static final GgufSeed SEED = new GgufSeed();
  private static final int HALF = 33 << 20;
  private static final byte[] FIRST = new RawGguf().magic(3, 0, 2).key("a", 9).i32(0).i64(HALF).bytes();
  private static final byte[] SECOND = new RawGguf().key("b", 9).i32(0).i64(HALF).bytes();
  private static final byte[] MANY = new RawGguf().magic(3, 0, 1).key("a", 9).i32(8).i64(60_000_000).bytes();

  @TempDir
  private Path folder;

  @AfterEach
  void nothingIsLeftOpen() {
    assertThat(OpenFiles.under(folder)).isEmpty();
  }

  private static final class Cases {

    private final List<MalformedFile> all = new ArrayList<>();

    void add(String name, long offset, String word, byte[] bytes) {
      all.add(new MalformedFile(name, offset, word, bytes));
    }

    /** The 4 bytes at {@code mark} are {@code value}, and refused there. */
    void i32(String mark, int value, String word) {
      add(mark + " = " + Integer.toUnsignedString(value), SEED.at(mark), word, SEED.with32(mark, value));
    }

    /** The 8 bytes at {@code mark} are {@code value}, and refused there. */
    void i64(String mark, long value, String word) {
      add(mark + " = " + Long.toUnsignedString(value), SEED.at(mark), word, SEED.with64(mark, value));
    }

    /** The first bytes of the string at {@code mark} are {@code values}, and refused as no UTF-8. */
    void utf8(String mark, int... values) {
      byte[] bytes = new byte[values.length];
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = (byte) values[i];
      }
      add(mark + " of bytes " + Integer.toHexString(values[0]), SEED.at(mark) + 8, "no valid UTF-8", SEED.with(SEED.at(mark) + 8, bytes));
    }
  }

  static Stream<MalformedFile> cases() {
    Cases cases = new Cases();
    beginnings(cases);
    counts(cases);
    strings(cases);
    values(cases);
    alignments(cases);
    tensors(cases);
    offsets(cases);
    ends(cases);
    return cases.all.stream();
  }

  private static void beginnings(Cases cases) {
    cases.add("empty", 0, "ends at byte 0", new byte[0]);
    cases.add("zeros", 0, "00000000", new byte[100]);
    cases.add("the magic of GGML", 0, "47474d4c", SEED.with(0, "GGML".getBytes()));
    cases.add("the magic the other way round", 0, "46554747", SEED.with(0, "FUGG".getBytes()));
    cases.add("a zip", 0, "504b0304", SEED.with(0, (byte) 'P', (byte) 'K', (byte) 3, (byte) 4));
    cases.add("a pickle", 0, "80025d71", SEED.with(0, (byte) 0x80, (byte) 2, (byte) ']', (byte) 'q'));
    for (int version : new int[] {0, 1, 2, 4, -1}) {
      cases.i32("version", version, "version is " + Integer.toUnsignedString(version));
    }
    for (int version : new int[] {2, 3}) {
      cases.i32("version", version << 24, "big-endian order: " + version);
    }
  }

  private static void counts(Cases cases) {
    for (long count : new long[] {-1, Long.MIN_VALUE, Long.MAX_VALUE, 1L << 32, 1L << 61, 66_000}) {
      cases.i64("tensors", count, Long.toUnsignedString(count) + " tensors");
      cases.i64("keys", count, Long.toUnsignedString(count) + " keys");
    }
    byte[] many = Arrays.copyOf(SEED.with64("tensors", 65_536), 65_536 * 33 + 1_000);
    cases.add("65536 tensors with room for them", 8, "allowed are 65535", many);
    cases.add("no keys", SEED.at("text type"), "8 dimensions", SEED.with64("keys", 0));
    cases.add("one key too few", SEED.at("flags type"), "9 dimensions", SEED.with64("keys", 8));
    cases.add("one key too many", SEED.at("a dim 0") + 2, "allowed are 64", SEED.with64("keys", 10));
    cases.add("one tensor too many", SEED.at("end of header"), "empty", SEED.with64("tensors", 4));
    int twoTensors = (SEED.at("c name") + 31) / 32 * 32 + 32 + 64;
    cases.add("one tensor too few", twoTensors, "the tensors end here", SEED.with64("tensors", 2));
  }

  private static void strings(Cases cases) {
    for (long length : new long[] {-1, Long.MIN_VALUE, Long.MAX_VALUE, 1L << 34, 65_536}) {
      cases.i64("text key", length, Long.toUnsignedString(length) + " bytes, allowed are 65535");
    }
    for (long length : new long[] {-1, Long.MAX_VALUE, 1L << 32, (1 << 20) + 1}) {
      cases.i64("text value", length, "allowed are 1048576");
      cases.i64("second text", length, "allowed are 1048576");
    }
    cases.add("a string longer than what is left", SEED.at("text value") + 8, "the file ends", SEED.with64("text value", 1 << 20));
    cases.add("a key longer than what is left", SEED.at("text key") + 8, "the file ends", SEED.with64("text key", 60_000));
    cases.i64("flag key", 0, "empty");
    cases.utf8("text key", 0xff);
    cases.utf8("text key", 0xc0, 0x80);
    cases.utf8("text value", 0xed, 0xa0, 0x80);
    cases.utf8("text value", 0xf5, 0x80, 0x80, 0x80);
    cases.utf8("text value", 0xe2, 0x82);
    cases.utf8("first text", 0x80);
    cases.utf8("second text", 0xf0, 0x9f, 0x8c);
    cases.utf8("a name", 0xfe);
    cases.add("one key twice", SEED.at("f64 key"), "twice", SEED.with(SEED.at("f64 key") + 8, "x.f32".getBytes()));
  }

  private static void values(Cases cases) {
    for (int type : new int[] {13, 255, -1, Integer.MIN_VALUE}) {
      cases.i32("f32 type", type, "has type " + Integer.toUnsignedString(type));
      cases.i32("ints value", type, "has type " + Integer.toUnsignedString(type));
    }
    cases.add("a bool of 2", SEED.at("flag value"), "the bool 2", SEED.with(SEED.at("flag value"), (byte) 2));
    cases.add("a bool of 255", SEED.at("flag value"), "the bool 255", SEED.with(SEED.at("flag value"), (byte) -1));
    cases.add("a bool of 3 in an array", SEED.at("flags value") + 1, "the bool 3", SEED.with(SEED.at("flags value") + 1, (byte) 3));
    cases.i32("ints value", 9, "array of arrays");
    cases.i32("texts value", 9, "array of arrays");
    for (long count : new long[] {-1, Long.MIN_VALUE, 1L << 62, 1L << 32, 1000}) {
      cases.i64("ints count", count, Long.toUnsignedString(count) + " elements");
      cases.i64("texts count", count, Long.toUnsignedString(count) + " elements");
      cases.i64("flags count", count, Long.toUnsignedString(count) + " elements");
    }
  }

  private static void alignments(Cases cases) {
    for (int alignment : new int[] {0, 1, 4, 7, 24, 33, 65_537, 131_072, Integer.MIN_VALUE, -1}) {
      cases.add("alignment of " + Integer.toUnsignedString(alignment), SEED.at("alignment value"), "powers of two",
          SEED.with32("alignment value", alignment));
    }
    for (int type : new int[] {0, 5, 6, 7, 8, 9, 10}) {
      cases.i32("alignment type", type, "wanted: u32");
    }
  }

  private static void tensors(Cases cases) {
    for (long length : new long[] {0, 65, -1, Long.MAX_VALUE}) {
      cases.i64("b name", length, length == 0 ? "empty" : "allowed are 64");
    }
    for (int dims : new int[] {0, 5, -1, Integer.MAX_VALUE}) {
      cases.i32("a dims", dims, Integer.toUnsignedString(dims) + " dimensions");
    }
    for (long dim : new long[] {0, -1, Long.MIN_VALUE}) {
      cases.i64("a dim 0", dim, "dimension " + Long.toUnsignedString(dim));
      cases.i64("a dim 1", dim, "dimension " + Long.toUnsignedString(dim));
    }
    for (int type : new int[] {4, 5, 9, 31, 40, 1000, -1, Integer.MIN_VALUE}) {
      cases.i32("a type", type, "type " + Integer.toUnsignedString(type) + " is not read");
    }
    shaped(cases, "weights beyond 2^63", 1L << 32, 1L << 32, "2^63");
    shaped(cases, "bytes beyond 2^63", 3, 1L << 61, "2^63");
    shaped(cases, "the largest dimensions", Long.MAX_VALUE, Long.MAX_VALUE, "2^63");
    cases.add("rows of half a block", SEED.at("b type"), "blocks of 32", SEED.with64("b dim 0", 48));
    cases.add("one name twice", SEED.at("b offset"), "twice", SEED.with(SEED.at("b name") + 8, (byte) 'a'));
  }

  private static void shaped(Cases cases, String name, long inner, long outer, String word) {
    byte[] bytes = SEED.with64("a dim 0", inner);
    System.arraycopy(SEED.with64("a dim 1", outer), SEED.at("a dim 1"), bytes, SEED.at("a dim 1"), 8);
    cases.add(name, SEED.at("a type"), word, bytes);
  }

  private static void offsets(Cases cases) {
    for (long offset : new long[] {-32, 1, 32, Long.MAX_VALUE, Long.MIN_VALUE}) {
      cases.i64("a offset", offset, "expected is 0");
    }
    for (long offset : new long[] {0, 24, 31, 33, 64, -1, Long.MAX_VALUE - 31}) {
      cases.i64("b offset", offset, "expected is 32");
    }
    for (long offset : new long[] {32, 64, 68, 128, 1L << 40}) {
      cases.i64("c offset", offset, "expected is 96");
    }
    cases.add("a tensor that is too small", SEED.at("c offset"), "expected is 64", SEED.with64("b dim 0", 32));
    cases.add("a tensor that is too large", SEED.at("c offset"), "expected is 128", SEED.with64("b dim 0", 160));
    cases.add("a tensor beyond the end", SEED.at("c offset"), "truncated", SEED.with64("c dim 0", 1000));
    cases.add("a tensor of 2^62 bytes", SEED.at("c offset"), "truncated", SEED.with64("c dim 0", 1L << 61));
  }

  private static void ends(Cases cases) {
    int end = SEED.bytes().length;
    cases.add("one byte after the padding", end, "the tensors end here", SEED.longer(1));
    cases.add("a block after the padding", end, "the tensors end here", SEED.longer(32));
    cases.add("a megabyte after the padding", end, "the tensors end here", SEED.longer(1 << 20));
    cases.add("a last tensor without its last byte", SEED.at("c offset"), "truncated", SEED.cut(SEED.at("data c") + 9));
    cases.add("no data", SEED.at("a offset"), "truncated", SEED.cut(SEED.at("data a")));
    SEED.marks().forEach((mark, at) -> {
      if (at < SEED.at("end of header") && at > 0) {
        cases.add("cut before " + mark, whereACutIsSeen(mark, at), "", SEED.cut(at));
      }
    });
  }

  /** A cut is seen by the first count of things that no longer have room, else where it is. */
  private static long whereACutIsSeen(String mark, int at) {
    if (at >= 16 && at - 16 < 3 * 33) {
      return SEED.at("tensors");
    }
    if (at >= 24 && at - 24 < 9 * 14) {
      return SEED.at("keys");
    }
    return switch (mark) {
      case "first text", "second text" -> SEED.at("texts count");
      case "flags value" -> SEED.at("flags count");
      default -> at;
    };
  }

  @Test
  void theSeedItselfIsGood() throws IOException {
    GgufFile file = GgufFile.open(Files.write(folder.resolve("seed.gguf"), SEED.bytes()));
    assertThat(file.tensors().keySet()).containsExactly("a", "b", "c");
    assertThat(file.metadata().keys()).hasSize(9);
  }

  @Test
  void thereAreEnough() {
    MalformedFile.checkCorpus(cases());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void isRefused(MalformedFile each) {
    each.check(folder.resolve("bad.gguf"), GgufFile::open);
  }

  @Test
  void everyBeginningIsRefused() throws IOException {
    Path file = folder.resolve("cut.gguf");
    for (int length = 0; length < SEED.at("data c") + 10; length++) {
      Files.write(file, SEED.cut(length));
      assertThat(catchThrowable(() -> GgufFile.open(file))).as("cut at %d", length)
          .isInstanceOf(MalformedFileException.class);
    }
  }

  @Test
  void aHeaderAbove64MiB() throws IOException {
    Path file = header(folder.resolve("large.gguf"));
    Refusal.check(file, GgufFile::open, FIRST.length + HALF + SECOND.length, "allowed are 67108864");
  }

  @Test
  void anArrayAbove64MiB() throws IOException {
    Refusal.check(array(folder.resolve("large.gguf")), GgufFile::open, MANY.length - 8, "60000000 elements");
  }

  /** Two arrays of 33 MiB, the second of which passes the limit. */
  static Path header(Path file) throws IOException {
    try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
      out.write(FIRST);
      out.seek(FIRST.length + HALF);
      out.write(SECOND);
      out.setLength(FIRST.length + SECOND.length + 2L * HALF);
    }
    return file;
  }

  /** 60 million empty strings would have room in the file, and none in a header. */
  static Path array(Path file) throws IOException {
    try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
      out.write(MANY);
      out.setLength(500L << 20);
    }
    return file;
  }
}
