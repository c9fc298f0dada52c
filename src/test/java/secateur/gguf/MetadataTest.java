package secateur.gguf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetadataTest {

  @TempDir
  private Path folder;

  /** One value of each type, and an array of each but arrays; written by hand. */
  private Metadata everyType() throws IOException {
    RawGguf raw = new RawGguf().magic(3, 0, 24);
    raw.key("u8", 0).raw((byte) 200).key("i8", 1).raw((byte) -100).key("u16", 2).raw((byte) 0x10, (byte) 0xff).key("i16", 3).raw((byte) 0x10, (byte) 0xff);
    raw.key("u32", 4).i32(-2).key("i32", 5).i32(-2).key("f32", 6).f32(0.1f).key("bool", 7).raw((byte) 0).key("string", 8).string("\u00e4");
    raw.key("u64", 10).i64(1L << 40).key("i64", 11).i64(Long.MIN_VALUE).key("f64", 12).f64(0.1);
    raw.key("u8s", 9).i32(0).i64(2).raw((byte) 1, (byte) 255).key("i8s", 9).i32(1).i64(2).raw((byte) 1, (byte) 255);
    raw.key("u16s", 9).i32(2).i64(1).raw((byte) 0xfe, (byte) 0xff).key("i16s", 9).i32(3).i64(1).raw((byte) 0xfe, (byte) 0xff);
    raw.key("u32s", 9).i32(4).i64(2).i32(7).i32(-1).key("i32s", 9).i32(5).i64(2).i32(7).i32(-1);
    raw.key("f32s", 9).i32(6).i64(2).f32(1.5f).f32(Float.NEGATIVE_INFINITY).key("bools", 9).i32(7).i64(2).raw((byte) 1, (byte) 0);
    raw.key("strings", 9).i32(8).i64(2).string("").string("b").key("u64s", 9).i32(10).i64(1).i64(5);
    raw.key("i64s", 9).i32(11).i64(1).i64(-5).key("f64s", 9).i32(12).i64(1).f64(0.1);
    return GgufFile.open(Files.write(folder.resolve("types.gguf"), raw.bytes())).metadata();
  }

  @Test
  void everyTypeIsRead() throws IOException {
    Metadata all = everyType();
    assertThat(List.of("u8", "i8", "u16", "i16", "u32", "i32", "u64", "i64").stream().map(all::whole))
        .containsExactly(200L, -100L, 65_296L, -240L, 4_294_967_294L, -2L, 1L << 40, Long.MIN_VALUE);
    assertThat(all.number("f32")).isEqualTo(0.1f).isEqualTo(all.number("f64"));
    assertThat(all.flag("bool")).isFalse();
    assertThat(all.text("string")).isEqualTo("\u00e4");
    assertThat(all.ints("u8s")).containsExactly(1, 255);
    assertThat(all.ints("i8s")).containsExactly(1, -1);
    assertThat(all.ints("u16s")).containsExactly(65_534);
    assertThat(all.ints("i16s")).containsExactly(-2);
    assertThat(all.ints("i32s")).containsExactly(7, -1);
    assertThat(all.ints("u64s")).containsExactly(5);
    assertThat(all.ints("i64s")).containsExactly(-5);
    assertThat(all.floats("f32s")).containsExactly(1.5f, Float.NEGATIVE_INFINITY);
    assertThat(all.floats("f64s")).containsExactly(0.1f);
    assertThat(all.texts("strings")).containsExactly("", "b");
    assertThat(all.has("bools")).isTrue();
  }

  @Test
  void everyTypeIsWrittenAsItWasRead() throws IOException {
    ByteBuffer again = GgufWriter.header(everyType(), List.of(), 32);
    assertThat(again).isEqualTo(ByteBuffer.wrap(Files.readAllBytes(folder.resolve("types.gguf"))));
  }

  @Test
  void anotherTypeIsNamedWithTheOneThatIsThere() throws IOException {
    Metadata all = everyType();
    refused(() -> all.text("u8"), "'u8'", "of type u8", "wanted: string");
    refused(() -> all.whole("f32"), "'f32'", "of type f32", "wanted: integer");
    refused(() -> all.number("i64"), "'i64'", "of type i64", "wanted: f32 or f64");
    refused(() -> all.flag("string"), "'string'", "of type string", "wanted: bool");
    refused(() -> all.texts("i32s"), "'i32s'", "array of i32", "wanted: array of string");
    refused(() -> all.ints("f32s"), "'f32s'", "array of f32", "wanted: array of integers");
    refused(() -> all.ints("bools"), "'bools'", "array of bool", "wanted: array of integers");
    refused(() -> all.floats("i32s"), "'i32s'", "array of i32", "wanted: array of f32");
    refused(() -> all.ints("strings"), "'strings'", "array of string", "wanted: array of integers");
    refused(() -> all.ints("u32s"), "element 1", "'u32s'", "4294967295");
  }

  @Test
  void aMissingKeyIsNamed() {
    refused(() -> Metadata.builder().build().whole("a.b"), "no key 'a.b'", "wanted: integer");
  }

  @Test
  void aU64AboveALongIsRefused() throws IOException {
    byte[] bytes = new RawGguf().magic(3, 0, 1).key("a", 10).i64(-1).bytes();
    Metadata metadata = GgufFile.open(Files.write(folder.resolve("a.gguf"), bytes)).metadata();
    refused(() -> metadata.whole("a"), "'a'", "18446744073709551615");
  }

  @Test
  void theBuilderRefuses() {
    refused(() -> Metadata.builder().u32("a", -1), "'a'", "-1", "4294967295");
    refused(() -> Metadata.builder().u32("a", 1L << 32), "'a'", "4294967296");
    refused(() -> Metadata.builder().u32("a", 1).text("a", ""), "'a'", "already");
  }

  @Test
  void whatIsBuiltDoesNotChange() {
    Metadata.Builder builder = Metadata.builder().u32("a", 4_294_967_295L);
    int[] numbers = {1, 2};
    Metadata metadata = builder.i32s("n", numbers).build();
    builder.flag("b", true);
    numbers[0] = 7;
    assertThat(metadata.keys()).containsExactly("a", "n");
    assertThat(metadata.whole("a")).isEqualTo(4_294_967_295L);
    assertThat(metadata.ints("n")).containsExactly(1, 2);
    assertThatThrownBy(() -> metadata.keys().clear()).isInstanceOf(UnsupportedOperationException.class);
  }

  private static void refused(ThrowingCallable call, String... words) {
    assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessageContainingAll(words);
  }
}
