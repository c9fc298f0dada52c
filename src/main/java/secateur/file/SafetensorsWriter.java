package secateur.file;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import secateur.tensor.Scope;

/** Writes arrays as one safetensors file, atomically: the target is the old or the complete new one. */
public final class SafetensorsWriter {

  private static final long MOST_AT_ONCE = 1 << 28;

  private SafetensorsWriter() {}

  /** Writes {@code tensors} in name order; each keeps its type and shape. */
  public static void write(Path file, Map<String, NDArray> tensors) {
    Map<String, TensorData> data = new TreeMap<>();
    tensors.forEach((name, array) -> data.put(name, TensorData.of(array)));
    stream(file, data);
  }

  /** As {@link #write}, but the numbers of one tensor at a time are asked for. */
  public static void stream(Path file, Map<String, TensorData> tensors) {
    stream(file, tensors, MOST_AT_ONCE);
  }

  /** In pieces of whole rows that have {@code most} bytes at most, and one row at least: a buffer ends at 2 GiB. */
  static void stream(Path file, Map<String, TensorData> tensors, long most) {
    Map<String, TensorData> sorted = new TreeMap<>(tensors);
    byte[] header = header(sorted);
    AtomicFile.write(file, out -> {
      ByteBuffer length = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(header.length).flip();
      FileParts.write(out, length);
      FileParts.write(out, ByteBuffer.wrap(header));
      for (TensorData tensor : sorted.values()) {
        numbers(out, tensor, most);
      }
    });
  }

  private static void numbers(FileChannel out, TensorData tensor, long most) throws IOException {
    try (Scope scope = new Scope()) {
      NDArray all = tensor.numbers().get();
      long bytes = all.size() * all.getDataType().getNumOfBytes();
      if (bytes <= most || all.getShape().dimension() == 0) {
        FileParts.write(out, tensor.type().bytes(all));
        return;
      }
      long rows = all.getShape().get(0);
      long step = Math.max(1, most * rows / bytes);
      for (long from = 0; from < rows; from += step) {
        try (Scope piece = new Scope()) {
          FileParts.write(out, tensor.type().bytes(all.get(new NDIndex(from + ":" + Math.min(rows, from + step)))));
        }
      }
    }
  }

  /** The JSON header, padded with spaces to a multiple of 8 bytes. */
  private static byte[] header(Map<String, TensorData> tensors) {
    JsonObject json = new JsonObject();
    JsonObject metadata = new JsonObject();
    metadata.addProperty("format", "pt");
    json.add("__metadata__", metadata);
    long at = 0;
    for (Map.Entry<String, TensorData> each : tensors.entrySet()) {
      TensorData tensor = each.getValue();
      long end = at + tensor.bytes();
      json.add(each.getKey(), entry(tensor.type(), tensor.shape().getShape(), at, end));
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
