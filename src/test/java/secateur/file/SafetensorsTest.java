package secateur.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import secateur.tensor.Devices;
import secateur.tensor.Scope;

class SafetensorsTest {

  private final NDManager manager = Devices.manager();

  @TempDir
  private Path folder;

  private Safetensors written(Map<String, NDArray> tensors) {
    SafetensorsWriter.write(folder.resolve("some.safetensors"), tensors);
    return Safetensors.open(folder.resolve("some.safetensors"));
  }

  @ParameterizedTest
  @EnumSource(value = StoredType.class, names = "BF16", mode = EnumSource.Mode.EXCLUDE)
  void everyTypeComesBack(StoredType type) {
    try (Scope scope = new Scope()) {
      NDArray array = manager.create(new float[] {0, 1, 1, 0, 1, 0}, new Shape(2, 3)).toType(type.type(), false);
      NDArray back = written(Map.of("x", array)).read("x");
      assertThat(back.getDataType()).isEqualTo(type.type());
      assertThat(back.getShape()).isEqualTo(new Shape(2, 3));
      assertThat(back.toByteBuffer()).isEqualTo(array.toByteBuffer());
    }
  }

  @ParameterizedTest
  @EnumSource(value = StoredType.class, names = {"F32", "BF16", "I64", "U8"})
  void whatIsTooLargeForABufferIsReadInPieces(StoredType type) {
    byte[] bytes = new byte[5 * 2 * 3 * type.bytes()];
    new Random(1).nextBytes(bytes);
    Path file = RawSafetensors.write(folder.resolve("large.safetensors"), "{\"x\":{\"dtype\":\"" + type
        + "\",\"shape\":[5,2,3],\"data_offsets\":[0," + bytes.length + "]}}", bytes);
    try (Scope scope = new Scope()) {
      NDArray whole = Safetensors.open(file).read("x");
      NDArray pieces = Safetensors.open(file).read("x", 2 * 6 * type.bytes());
      assertThat(pieces.getShape()).isEqualTo(new Shape(5, 2, 3));
      assertThat(pieces.toByteBuffer()).isEqualTo(whole.toByteBuffer());
      assertThatThrownBy(() -> Safetensors.open(file).read("x", 5)).isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("tensor 'x' of shape (5, 2, 3)").hasMessageContaining("rows of at most 5");
    }
  }

  @Test
  void extremeFloatsComeBackBitForBit() {
    float[] values = {-0f, Float.MIN_VALUE, Float.MAX_VALUE, Float.NaN, Float.NEGATIVE_INFINITY, 1e-40f};
    try (Scope scope = new Scope()) {
      assertThat(written(Map.of("x", manager.create(values))).read("x").toFloatArray()).containsExactly(values);
    }
  }

  @Test
  void bfloat16IsReadAsTheUpperHalfOfFloat32() {
    Path file = RawSafetensors.write(folder.resolve("b.safetensors"),
        "{\"x\":{\"dtype\":\"BF16\",\"shape\":[3],\"data_offsets\":[0,6]}}", (byte) 0x80, (byte) 0x3f, (byte) 0x49, (byte) 0xc0,
        (byte) 0x80, (byte) 0xff);
    try (NDArray x = Safetensors.open(file).read("x")) {
      assertThat(x.toFloatArray()).containsExactly(1, -3.140625f, Float.NEGATIVE_INFINITY);
    }
  }

  @Test
  void scalarsAndEmptyTensorsComeBack() {
    try (Scope scope = new Scope()) {
      Safetensors file = written(Map.of("scalar", manager.create(7f), "none", manager.create(new Shape(0, 3)), "one", manager.ones(new Shape(1))));
      assertThat(file.read("scalar").getShape()).isEqualTo(new Shape());
      assertThat(file.read("scalar").getFloat()).isEqualTo(7);
      assertThat(file.read("none").getShape()).isEqualTo(new Shape(0, 3));
      assertThat(file.read("one").toFloatArray()).containsExactly(1);
    }
  }

  @Test
  void arraysOfAnOddSizeLieBackToBack() {
    try (Scope scope = new Scope()) {
      NDArray bytes = manager.create(new byte[] {1, 2, 3}).toType(DataType.UINT8, false);
      Safetensors file = written(Map.of("a", bytes, "b", manager.create(new float[] {4, 5})));
      assertThat(file.read("a").toUint8Array()).containsExactly(1, 2, 3);
      assertThat(file.read("b").toFloatArray()).containsExactly(4, 5);
    }
  }

  @Test
  void metadataIsNoTensor() {
    Path file = RawSafetensors.write(folder.resolve("m.safetensors"),
        "{\"__metadata__\":{\"format\":\"pt\"},\"x\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,1]}}", (byte) 5);
    assertThat(Safetensors.open(file).entries()).containsOnlyKeys("x");
  }

  @Test
  void whatIsWrittenSaysThatItIsOfPyTorch() throws java.io.IOException {
    try (NDArray x = manager.ones(new Shape(1))) {
      written(Map.of("x", x));
    }
    assertThat(Files.readString(folder.resolve("some.safetensors"), java.nio.charset.StandardCharsets.ISO_8859_1))
        .contains("\"__metadata__\":{\"format\":\"pt\"}");
  }

  @Test
  void changingAReadTensorLeavesTheFile() {
    try (Scope scope = new Scope()) {
      Safetensors file = written(Map.of("x", manager.create(new float[] {1, 2})));
      file.read("x").addi(1);
      assertThat(file.read("x").toFloatArray()).containsExactly(1, 2);
    }
  }

  @Test
  void aFileThatMayNotBeWrittenIsReadAsWell() {
    try (Scope scope = new Scope()) {
      Safetensors file = written(Map.of("x", manager.create(new float[] {1, 2})));
      assertThat(folder.resolve("some.safetensors").toFile().setReadOnly()).isTrue();
      assertThat(file.read("x").toFloatArray()).containsExactly(1, 2);
    }
  }
}
