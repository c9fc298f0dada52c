package secateur.file;

import ai.djl.ndarray.NDArray;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** Writes arrays as one safetensors file, atomically: the target is the old or the complete new one. */
public final class SafetensorsWriter {

  private SafetensorsWriter() {}

  /** Writes {@code tensors} in name order; each keeps its type and shape. */
  public static void write(Path file, Map<String, NDArray> tensors) {
    Map<String, NDArray> sorted = new TreeMap<>(tensors);
    byte[] header = header(sorted);
    AtomicFile.write(file, out -> {
      ByteBuffer length = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(header.length).flip();
      FileParts.write(out, length);
      FileParts.write(out, ByteBuffer.wrap(header));
      for (NDArray tensor : sorted.values()) {
        FileParts.write(out, tensor.toByteBuffer());
      }
    });
  }

  /** The JSON header, padded with spaces to a multiple of 8 bytes. */
  private static byte[] header(Map<String, NDArray> tensors) {
    JsonObject json = new JsonObject();
    JsonObject metadata = new JsonObject();
    metadata.addProperty("format", "pt");
    json.add("__metadata__", metadata);
    long at = 0;
    for (Map.Entry<String, NDArray> each : tensors.entrySet()) {
      StoredType type = StoredType.of(each.getValue().getDataType());
      long end = at + each.getValue().size() * type.bytes();
      json.add(each.getKey(), entry(type, each.getValue().getShape().getShape(), at, end));
      at = end;
    }
    String text = json.toString();
    int padding = Math.floorMod(-text.getBytes(StandardCharsets.UTF_8).length, 8);
    return (text + " ".repeat(padding)).getBytes(StandardCharsets.UTF_8);
  }

  private static JsonObject entry(StoredType type, long[] shape, long begin, long end) {
    JsonObject entry = new JsonObject();
    entry.addProperty("dtype", type.name());
    entry.add("shape", array(shape));
    entry.add("data_offsets", array(begin, end));
    return entry;
  }

  private static JsonArray array(long... values) {
    JsonArray array = new JsonArray();
    for (long value : values) {
      array.add(value);
    }
    return array;
  }
}
