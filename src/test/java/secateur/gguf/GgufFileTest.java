package secateur.gguf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import secateur.OpenFiles;

class GgufFileTest {

  @TempDir
  private Path folder;

  @AfterEach
  void nothingIsLeftOpen() {
    assertThat(OpenFiles.under(folder)).isEmpty();
  }

  private static ByteBuffer random(long seed, long bytes) {
    byte[] data = new byte[(int) bytes];
    new Random(seed).nextBytes(data);
    return ByteBuffer.wrap(data);
  }

  private static GgufWriter.Content tensor(String name, GgmlType type, long... shape) {
    return new GgufWriter.Content(name, type, shape, () -> random(name.hashCode(), Format.bytes(type, shape)));
  }

  private GgufFile written(Metadata metadata, GgufWriter.Content... tensors) {
    GgufWriter.write(folder.resolve("a.gguf"), metadata, List.of(tensors));
    return GgufFile.open(folder.resolve("a.gguf"));
  }

  /** Written by hand from the format's description, not by the writer. */
  private static byte[] byHand() {
    RawGguf raw = new RawGguf().magic(3, 1, 2);
    raw.key("general.architecture", 8).string("llama");
    raw.key("a.b", 9).i32(5).i64(2).i32(-1).i32(7);
    raw.string("w").i32(2).i64(3).i64(2).i32(0).i64(0).pad(32);
    for (int i = 0; i < 6; i++) {
      raw.f32(i + 0.5f);
    }
    return raw.pad(32).bytes();
  }

  @Test
  void theBytesAreThoseOfTheFormat() throws IOException {
    Metadata metadata = Metadata.builder().text("general.architecture", "llama").i32s("a.b", -1, 7).build();
    ByteBuffer data = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
    data.asFloatBuffer().put(new float[] {0.5f, 1.5f, 2.5f, 3.5f, 4.5f, 5.5f});
    written(metadata, new GgufWriter.Content("w", GgmlType.F32, new long[] {2, 3}, () -> data));
    assertThat(Files.readAllBytes(folder.resolve("a.gguf"))).isEqualTo(byHand());
  }

  @Test
  void theFormatIsRead() throws IOException {
    GgufFile file = GgufFile.open(Files.write(folder.resolve("b.gguf"), byHand()));
    assertThat(file.metadata().keys()).containsExactly("general.architecture", "a.b");
    assertThat(file.metadata().text("general.architecture")).isEqualTo("llama");
    assertThat(file.metadata().ints("a.b")).containsExactly(-1, 7);
    GgufFile.Tensor w = file.tensors().get("w");
    assertThat(w.shape()).containsExactly(2, 3);
    assertThat(w.begin()).isEqualTo(byHand().length - 32);
    assertThat(file.read("w").getFloat(4 * 5)).isEqualTo(5.5f);
  }

  @ParameterizedTest
  @EnumSource
  void everyTypeComesBack(GgmlType type) {
    long[] shape = {3, 2, 2L * type.block()};
    GgufFile file = written(Metadata.builder().build(), tensor("first", GgmlType.F32, 5), tensor("x", type, shape), tensor("last", GgmlType.F16, 1));
    GgufFile.Tensor x = file.tensors().get("x");
    assertThat(file.tensors()).containsOnlyKeys("first", "x", "last");
    assertThat(x.type()).isEqualTo(type);
    assertThat(x.shape()).containsExactly(shape);
    assertThat(x.begin() % 32).isZero();
    assertThat(file.read("x")).isEqualTo(random("x".hashCode(), 12L * type.blockBytes()));
    assertThat(file.read("last")).isEqualTo(random("last".hashCode(), 2));
  }

  @ParameterizedTest
  @ValueSource(longs = {8, 32, 256, 65_536})
  void tensorsLieAtMultiplesOfTheAlignment(long alignment) throws IOException {
    GgufFile file = written(Metadata.builder().u32("general.alignment", alignment).build(), tensor("a", GgmlType.F16, 3), tensor("b", GgmlType.F32, 3));
    assertThat(file.tensors().values()).allSatisfy(each -> assertThat(each.begin() % alignment).isZero());
    assertThat(Files.size(folder.resolve("a.gguf")) % alignment).isZero();
    assertThat(file.read("b")).isEqualTo(random("b".hashCode(), 12));
  }

  @Test
  void oneTensorIsHeldAtATime() {
    List<String> asked = new ArrayList<>();
    List<GgufWriter.Content> tensors = IntStream.range(0, 3).mapToObj(i -> new GgufWriter.Content("t" + i, GgmlType.F32, new long[] {4}, () -> {
      asked.add("t" + i);
      return random(i, 16);
    })).toList();
    assertThat(asked).isEmpty();
    GgufWriter.write(folder.resolve("a.gguf"), Metadata.builder().build(), tensors);
    assertThat(asked).containsExactly("t0", "t1", "t2");
  }

  @Test
  void aVocabularyOfManyTokensComesBack() {
    List<String> tokens = IntStream.range(0, 100_000).mapToObj(i -> i % 3 == 0 ? "Ġtoken" + i : i % 3 == 1 ? "\u2581\ud83c\udf31" + i : "").toList();
    float[] scores = new float[tokens.size()];
    new Random(1).ints(scores.length).forEach(i -> scores[Math.floorMod(i, scores.length)] = Float.intBitsToFloat(i & 0x7f7fffff));
    Metadata back = written(Metadata.builder().texts("tokens", tokens).f32s("scores", scores).build()).metadata();
    assertThat(back.texts("tokens")).isEqualTo(tokens);
    assertThat(back.floats("scores")).isEqualTo(scores);
  }

  @Test
  void aReplacementCharacterIsNoInvalidOne() {
    assertThat(written(Metadata.builder().text("k", "a\ufffdb").build()).metadata().text("k")).isEqualTo("a\ufffdb");
  }

  @Test
  void longStringsAndArraysPassTheWindow() {
    String text = "ä".repeat(1 << 19);
    int[] numbers = new Random(2).ints(1_000_000).toArray();
    Metadata back = written(Metadata.builder().text("t", text).i32s("n", numbers).text("end", "e").build()).metadata();
    assertThat(back.text("t")).isEqualTo(text);
    assertThat(back.ints("n")).isEqualTo(numbers);
    assertThat(back.text("end")).isEqualTo("e");
  }

  @Test
  void theLastPaddingMayBeMissing() throws IOException {
    byte[] bytes = byHand();
    assertThat(GgufFile.open(Files.write(folder.resolve("c.gguf"), java.util.Arrays.copyOf(bytes, bytes.length - 8))).tensors()).containsOnlyKeys("w");
  }

  @Test
  void changingAReadTensorLeavesTheFile() {
    GgufFile file = written(Metadata.builder().build(), tensor("a", GgmlType.F32, 4));
    file.read("a").putInt(0, 0);
    assertThat(file.read("a")).isEqualTo(random("a".hashCode(), 16));
  }

  @Test
  void aFileThatMayNotBeWrittenIsReadAsWell() {
    GgufFile file = written(Metadata.builder().build(), tensor("a", GgmlType.F32, 4));
    assertThat(folder.resolve("a.gguf").toFile().setReadOnly()).isTrue();
    assertThat(file.read("a")).isEqualTo(random("a".hashCode(), 16));
  }

  @Test
  void aFileCutAfterItsOpeningIsRefusedAndStaysAsItIs() throws IOException {
    GgufFile file = written(Metadata.builder().build(), tensor("a", GgmlType.F32, 4));
    Path path = folder.resolve("a.gguf");
    Files.write(path, java.util.Arrays.copyOf(Files.readAllBytes(path), 70));
    assertThatThrownBy(() -> file.read("a")).isInstanceOf(secateur.file.MalformedFileException.class).hasMessageContaining("byte 70");
    assertThat(path).hasSize(70);
  }

  @Test
  void whatIsNotThere() {
    assertThatThrownBy(() -> GgufFile.open(folder.resolve("none"))).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("none");
    GgufFile file = written(Metadata.builder().build());
    assertThatThrownBy(() -> file.read("x")).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("no tensor 'x'");
  }

  @Test
  void whatIsNotWritten() {
    refused("two tensors 'a'", tensor("a", GgmlType.F32, 1), tensor("a", GgmlType.F32, 1));
    refused("'a' has 4 bytes of data", new GgufWriter.Content("a", GgmlType.F32, new long[] {2}, () -> random(1, 4)));
    assertThatThrownBy(() -> tensor("a", GgmlType.Q4_0, 2, 31)).hasMessageContainingAll("'a'", "31", "blocks of 32");
    assertThatThrownBy(() -> tensor("a", GgmlType.F32, 1, 1, 1, 1, 1)).hasMessageContainingAll("'a'", "5 dimensions");
    assertThatThrownBy(() -> tensor("a", GgmlType.F32, 2, 0)).hasMessageContainingAll("'a'", "dimension 0");
    assertThatThrownBy(() -> tensor("a", GgmlType.F32, 1L << 61, 4)).hasMessageContainingAll("'a'", "2^63");
    assertThatThrownBy(() -> tensor("x".repeat(64), GgmlType.F32, 1)).hasMessageContainingAll("64 bytes", "63");
    assertThat(tensor("x".repeat(63), GgmlType.F32, 1).bytes()).isEqualTo(4);
  }

  private void refused(String word, GgufWriter.Content... tensors) {
    assertThatThrownBy(() -> written(Metadata.builder().build(), tensors)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining(word);
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void metadataThatIsNotWritten() {
    notWritten("surrogate", Metadata.builder().text("a", "\ud800").build());
    notWritten("1048577 bytes", Metadata.builder().text("a", "x".repeat((1 << 20) + 1)).build());
    notWritten("65536 bytes", Metadata.builder().text("k".repeat(1 << 16), "").build());
    notWritten("alignment is 48", Metadata.builder().u32("general.alignment", 48).build());
    notWritten("more than 67108864 bytes", Metadata.builder().texts("a", Collections.nCopies(65, "x".repeat(1 << 20))).build());
  }

  private void notWritten(String word, Metadata metadata) {
    assertThatThrownBy(() -> written(metadata)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining(word);
  }
}
