package secateur.model;

import ai.djl.ndarray.NDArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import secateur.file.RawSafetensors;

/** Writes float32 arrays as bfloat16. */
final class Bfloat16 {

  private Bfloat16() {}

  static void write(Path file, Map<String, NDArray> tensors) {
    JsonObject header = new JsonObject();
    int bytes = tensors.values().stream().mapToInt(tensor -> (int) tensor.size() * 2).sum();
    ByteBuffer data = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    tensors.forEach((name, tensor) -> {
      int begin = data.position();
      for (float value : tensor.toFloatArray()) {
        data.putShort((short) (Float.floatToRawIntBits(Masks.bfloat16(value)) >>> 16));
      }
      header.add(name, JsonParser.parseString("{'dtype': 'BF16', 'shape': %s, 'data_offsets': [%d, %d]}".formatted(
          Arrays.toString(tensor.getShape().getShape()), begin, data.position())));
    });
    RawSafetensors.write(file, header.toString(), data.array());
  }
}
