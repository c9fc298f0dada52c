package secateur.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import secateur.MalformedFile;
import secateur.OpenFiles;
import secateur.Refusal;

/** Headers that lie: each is refused at its byte. */
class SafetensorsCorpusTest {

  private static final int DATA = 8;
  private static final String GOOD = "{\"__metadata__\":{\"format\":\"pt\"},\"x\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}  ";

  @TempDir
  private Path folder;

  @AfterEach
  void nothingIsLeftOpen() {
    assertThat(OpenFiles.under(folder)).isEmpty();
  }

  /** A file with {@code header}, a byte a character, its true length before it and 8 bytes of data behind it. */
  static byte[] file(String header) {
    byte[] text = header.getBytes(StandardCharsets.ISO_8859_1);
    return ByteBuffer.allocate(8 + text.length + DATA).order(ByteOrder.LITTLE_ENDIAN).putLong(text.length).put(text).array();
  }

  static byte[] good() {
    return file(GOOD);
  }

  private static final class Cases {

    private final List<MalformedFile> all = new ArrayList<>();

    /** {@code header} is refused where the @ stands, which is no part of it. */
    void add(String name, String header, String word) {
      all.add(new MalformedFile(name, 8 + header.indexOf('@'), word, file(header.replace("@", ""))));
    }

    /** The entry of tensor x, with what differs from a good one. */
    void entry(String name, String dtype, String shape, String offsets, String word) {
      String header = "{\"x\":{\"dtype\":" + dtype + ",\"shape\":" + shape + ",\"data_offsets\":" + offsets + "}}";
      add(name, header.contains("@") ? header : "{@" + header.substring(1), word);
    }

    void shapes(String word, String... shapes) {
      for (String shape : shapes) {
        entry("shape " + shape.substring(0, Math.min(40, shape.length())) + " of " + shape.length() + " characters", "\"F32\"", shape, "[0,8]", word);
      }
    }

    void offsets(String word, String... offsets) {
      for (String each : offsets) {
        entry("offsets " + each, "\"F32\"", "[2]", each, word);
      }
    }
  }

  static Stream<MalformedFile> cases() {
    Cases cases = new Cases();
    syntax(cases);
    strings(cases);
    metadata(cases);
    fields(cases);
    cases.shapes("whole number", "[@-1]", "[@1.0]", "[@2e0]", "[@1e999999999]", "[@1e-999999999]", "[@02]", "[@+2]", "[@9223372036854775808]",
        "[@18446744073709551618]", "[@" + "9".repeat(100_000) + "]", "[@\"2\"]", "[@null]", "[@true]", "[@NaN]", "[@Infinity]", "[@[2]]", "[@{}]",
        "[2,@]", "[@,2]", "[@" + "[".repeat(100_000));
    cases.shapes("expected", "[2 @2]", "[0@x2]", "@2", "@{}", "@null", "[2@}");
    cases.shapes("32 numbers", "[" + "1,".repeat(32) + "@2]", "[" + "1,".repeat(32) + "@" + "1,".repeat(100_000) + "2]");
    cases.shapes("2^63", "[4611686018427387904,4]", "[9223372036854775807]", "[0,9223372036854775807,9223372036854775807]", "[4294967296,4294967296]",
        "[9223372036854775807,0]");
    cases.shapes("needs", "[1]", "[3]", "[]", "[0]", "[2,2]", "[1073741824]", "[2,0]");
    cases.offsets("whole number", "[@-8,0]", "[0,@8.0]", "[0,@1e999999999]", "[0,@]");
    cases.offsets("data_offsets, two", "[]", "[0]", "[0,4,8]");
    cases.offsets("needs 8 bytes", "[8,0]", "[0,0]", "[0,7]", "[0,9]", "[9223372036854775807,0]", "[0,9223372036854775807]");
    cases.offsets("2^63", "[9223372036854775799,9223372036854775807]");
    cases.offsets("expected 63", "[8,16]");
    layouts(cases);
    ends(cases);
    return cases.all.stream();
  }

  private static void syntax(Cases cases) {
    for (String header : new String[] {"[1]", "hello", "\"x\"", "12", "null", " {}", "\u00ef\u00bb\u00bf{}", "\0\0\0"}) {
      cases.add("header " + header.replace('\0', '0'), "@" + header, "does not begin");
    }
    cases.add("no end", "{ @", "ends where");
    cases.add("a comma and no more", "{\"x\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},@}", "expected here is '\"'");
    cases.add("a missing colon", "{\"x\"@{}}", "':'");
    cases.add("a missing comma", "{\"x\":{\"dtype\":\"F32\"@\"shape\":[2]}}", "'}'");
    cases.add("single quotes", "{@'x':{}}", "'\"'");
    cases.add("no quotes", "{@x:{}}", "'\"'");
    cases.add("a comment", "{@/**/\"x\":{}}", "'\"'");
    cases.add("a cut header", GOOD.substring(0, GOOD.length() - 3) + "@", "ends where");
    cases.add("a second object", GOOD + "@{}", "more follows");
    cases.add("a letter after the object", GOOD + "@x", "more follows");
    cases.add("zeros after the object", GOOD + "@\0\0", "more follows");
    cases.add("100,000 open lists", "{\"x\":@" + "[".repeat(100_000), "'{'");
    cases.add("100,000 open objects", "{\"x\":{@\"x\":" + "{\"x\":".repeat(100_000), "unknown field 'x'");
    cases.add("an entry that is null", "{\"x\":@null}", "'{'");
    cases.add("an entry that is a number", "{\"x\":@3}", "'{'");
  }

  private static void strings(Cases cases) {
    for (String name : new String[] {"\\ud83c", "\\udf31\\ud83c", "a\\ud83cb", "\\udf31", "\u00ff", "\u00c0\u0080", "\u00ed\u00a0\u0080", "a\u00f0\u009f\u008c"}) {
      cases.add("the name of " + name.length() + " characters " + name, "{\"@" + name + "\":{}}", "no valid UTF-8");
    }
    for (String name : new String[] {"\\x", "\\u12G4", "\\u12", "\\u", "\\'", "\\0"}) {
      cases.add("the escape " + name, "{\"@" + name + "\":{}}", "escape");
    }
    cases.add("a raw end of line", "{\"a@\n\":{}}", "control character 10");
    cases.add("a raw zero", "{\"a@\0\":{}}", "control character 0");
    cases.add("an open string", "{\"@abc", "does not end");
    cases.add("an open escape", "{\"@abc\\", "does not end");
    cases.add("a name of 70,000 bytes", "{\"@" + "a".repeat(70_000) + "\":{}}", "65536 bytes");
  }

  private static void metadata(Cases cases) {
    cases.add("metadata that is a list", "{\"__metadata__\":@[]}", "'{'");
    cases.add("metadata that is null", "{\"__metadata__\":@null}", "'{'");
    cases.add("a number in metadata", "{\"__metadata__\":{\"a\":@1}}", "'\"'");
    cases.add("an object in metadata", "{\"__metadata__\":{\"a\":@{}}}", "'\"'");
    cases.add("metadata twice", "{\"__metadata__\":{},@\"__metadata__\":{}}", "twice");
  }

  private static void fields(Cases cases) {
    for (String dtype : new String[] {"@\"F31\"", "@\"f32\"", "@\"\"", "@\"C64\"", "@\"F32\\u0000\""}) {
      cases.entry("dtype " + dtype, dtype, "[2]", "[0,8]", "not read here");
    }
    for (String dtype : new String[] {"@32", "@null", "@[\"F32\"]"}) {
      cases.entry("dtype " + dtype, dtype, "[2]", "[0,8]", "expected");
    }
    String x = "\"x\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}";
    cases.add("no fields", "{@\"x\":{}}", "is not dtype");
    cases.add("no dtype", "{@\"x\":{\"shape\":[2],\"data_offsets\":[0,8]}}", "is not dtype");
    cases.add("no shape", "{@\"x\":{\"dtype\":\"F32\",\"data_offsets\":[0,8]}}", "is not dtype");
    cases.add("no offsets", "{@\"x\":{\"dtype\":\"F32\",\"shape\":[2]}}", "is not dtype");
    cases.add("one dtype too many", "{\"x\":{\"dtype\":\"F32\",@\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}", "second or unknown");
    cases.add("an unknown field", "{\"x\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8],@\"extra\":1}}", "'extra'");
    cases.add("one name twice", "{" + x + ",@" + x + "}", "twice");
    cases.add("one name twice, once escaped", "{" + x + ",@" + x.replace("\"x\"", "\"\\u0078\"") + "}", "twice");
  }

  private static String tensor(String name, int dim, int begin, int end) {
    return "\"%s\":{\"dtype\":\"F32\",\"shape\":[%d],\"data_offsets\":[%d,%d]}".formatted(name, dim, begin, end);
  }

  private static void layouts(Cases cases) {
    cases.add("two tensors in one place", "{" + tensor("a", 2, 0, 8) + ",@" + tensor("b", 2, 0, 8) + "}", "expected");
    cases.add("tensors that overlap", "{@" + tensor("b", 1, 4, 8) + "," + tensor("a", 2, 0, 8) + "}", "expected");
    cases.add("a hole", "{" + tensor("a", 0, 0, 0) + ",@" + tensor("b", 1, 4, 8) + "}", "expected");
    cases.add("an empty tensor inside another", "{" + tensor("a", 2, 0, 8) + ",@" + tensor("b", 0, 4, 4) + "}", "expected");
    cases.add("an empty tensor beyond the end", "{" + tensor("a", 2, 0, 8) + ",@" + tensor("b", 0, 12, 12) + "}", "expected");
    cases.add("no tensors for the data", "{}@", "the file has");
    cases.add("too few tensors for the data", "{" + tensor("a", 1, 0, 4) + "}@", "the file has");
    MalformedFile last = cases.all.remove(cases.all.size() - 1);
    cases.all.add(new MalformedFile(last.name(), last.offset() + 4, last.word(), last.bytes()));
    String many = IntStream.range(0, 65_536).mapToObj(i -> (i == 65_535 ? "@" : "") + "\"" + i + "\":{\"dtype\":\"U8\",\"shape\":[0],\"data_offsets\":[0,0]}")
        .collect(Collectors.joining(",", "{", "}"));
    cases.add("65,536 tensors", many, "more than 65535");
  }

  private static void ends(Cases cases) {
    byte[] good = good();
    for (long length : new long[] {-1, Long.MIN_VALUE, Long.MAX_VALUE, 1L << 32, good.length - 7, 0, 1}) {
      byte[] bytes = good.clone();
      ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(0, length);
      cases.all.add(new MalformedFile("a header of " + Long.toUnsignedString(length) + " bytes", 0, "allowed are", bytes));
    }
    for (int length = 0; length < 8; length++) {
      cases.all.add(new MalformedFile("cut at " + length, length, "at least 8 bytes", Arrays.copyOf(good, length)));
    }
    cases.all.add(new MalformedFile("cut after the length", 0, "allowed are", Arrays.copyOf(good, 8)));
    cases.all.add(new MalformedFile("cut in the header", 0, "allowed are", Arrays.copyOf(good, 50)));
    cases.all.add(new MalformedFile("cut after the header", good.length - 8, "truncated", Arrays.copyOf(good, good.length - 8)));
    cases.all.add(new MalformedFile("cut in the data", good.length - 1, "truncated", Arrays.copyOf(good, good.length - 1)));
    cases.all.add(new MalformedFile("one byte too many", good.length, "the file has", Arrays.copyOf(good, good.length + 1)));
    cases.all.add(new MalformedFile("a megabyte too many", good.length, "the file has", Arrays.copyOf(good, good.length + (1 << 20))));
  }

  @Test
  void theGoodOneIsRead() throws IOException {
    assertThat(Safetensors.open(Files.write(folder.resolve("good"), good())).entries()).containsOnlyKeys("x");
  }

  @Test
  void escapesAndBlanksAreRead() throws IOException {
    String header = "{ \"\\u00e4\\ud83c\\udf31\\n\\\"\\\\\\/\" :\t{\"data_offsets\": [ 0 , 8 ],\r\n\"shape\":[ ] , \"dtype\":\"I64\"} } ";
    Safetensors file = Safetensors.open(Files.write(folder.resolve("good"), file(header)));
    assertThat(file.entries()).containsOnlyKeys("\u00e4\ud83c\udf31\n\"\\/");
  }

  @Test
  void thereAreEnough() {
    MalformedFile.checkCorpus(cases());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void isRefused(MalformedFile each) {
    each.check(folder.resolve("bad.safetensors"), Safetensors::open);
  }

  @Test
  void aHeaderAbove100MillionBytes() throws IOException {
    Refusal.check(header(folder.resolve("large.safetensors")), Safetensors::open, 0, "allowed are 2 to 100000000");
  }

  /** A header of 100,000,001 bytes, and room for it. */
  static Path header(Path file) throws IOException {
    try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
      out.write(ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(100_000_001).array());
      out.setLength(200_000_000);
    }
    return file;
  }
}
