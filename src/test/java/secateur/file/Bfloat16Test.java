package secateur.file;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import secateur.tensor.Devices;
import secateur.tensor.Scope;

class Bfloat16Test {

  @TempDir
  private Path folder;

  private static BigDecimal distance(float a, float b) {
    return new BigDecimal(a).subtract(new BigDecimal(b)).abs();
  }

  @Test
  void theNearestAndOfTwoTheEven() {
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < 100_000; i++) {
      int raw = i % 4 == 0 ? random.nextInt() & 0xffff0000 | 0x8000 : random.nextInt(); // every fourth lies halfway
      float value = Float.intBitsToFloat(raw);
      if (!(Math.abs(value) < 3e38)) {
        continue;
      }
      short bits = Bfloat16.bits(value);
      BigDecimal chosen = distance(value, Bfloat16.value(bits));
      for (int other : new int[] {bits - 1, bits + 1}) {
        float neighbour = Bfloat16.value((short) other);
        int order = Float.isFinite(neighbour) ? chosen.compareTo(distance(value, neighbour)) : -1;
        assertThat(order < 0 || order == 0 && (bits & 1) == 0).as("%x", raw).isTrue();
      }
    }
  }

  @Test
  void byHand() {
    assertThat(Bfloat16.bits(1)).isEqualTo((short) 0x3f80);
    assertThat(Bfloat16.bits(-0f)).isEqualTo((short) 0x8000);
    assertThat(Bfloat16.bits(Float.MAX_VALUE)).isEqualTo((short) 0x7f80);
    assertThat(Bfloat16.bits(Float.NEGATIVE_INFINITY)).isEqualTo((short) 0xff80);
    assertThat(Bfloat16.value(Bfloat16.bits(Float.intBitsToFloat(0x7f800001)))).isNaN();
  }

  @Test
  void largeTensorsAreWrittenInPieces() throws Exception {
    try (Scope scope = new Scope()) {
      NDArray array = Devices.manager().randomNormal(new Shape(7, 3, 5));
      NDArray turned = array.transpose(2, 0, 1);
      NDArray scalar = Devices.manager().create(2f);
      NDArray vector = array.flatten();
      for (StoredType type : new StoredType[] {StoredType.F32, StoredType.BF16}) {
        Map<String, TensorData> tensors = Map.of("a", new TensorData(type, array.getShape(), () -> array),
            "t", new TensorData(type, turned.getShape(), () -> turned), "s", new TensorData(type, scalar.getShape(), () -> scalar),
            "v", new TensorData(type, vector.getShape(), () -> vector));
        SafetensorsWriter.stream(folder.resolve("whole"), tensors);
        for (long most : new long[] {1, 60, 61, 125, 400}) {
          SafetensorsWriter.stream(folder.resolve("pieces"), tensors, most);
          assertThat(folder.resolve("pieces")).hasSameBinaryContentAs(folder.resolve("whole"));
        }
        assertThat(Safetensors.open(folder.resolve("pieces")).read("t").toFloatArray()[1])
            .isEqualTo(type == StoredType.F32 ? array.getFloat(0, 1, 0) : Bfloat16.value(Bfloat16.bits(array.getFloat(0, 1, 0))));
      }
    }
  }

  @Test
  void aFileHoldsHalfTheBytesAndIsReadBack() {
    Path file = folder.resolve("a.safetensors");
    float[] numbers = {1, -2.5f, 0.1f, 1e-30f, 3e38f, 7};
    try (Scope scope = new Scope()) {
      NDArray array = Devices.manager().create(numbers, new Shape(2, 3));
      SafetensorsWriter.stream(file, Map.of("x", new TensorData(StoredType.BF16, array.getShape(), () -> array)));
      Safetensors read = Safetensors.open(file);
      assertThat(read.entries().get("x").end() - read.entries().get("x").begin()).isEqualTo(12);
      assertThat(read.entries().get("x").type()).isEqualTo(StoredType.BF16);
      float[] back = read.read("x").toFloatArray();
      for (int i = 0; i < back.length; i++) {
        assertThat(back[i]).isEqualTo(Bfloat16.value(Bfloat16.bits(numbers[i])));
      }
    }
  }
}
