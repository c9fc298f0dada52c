package secateur.file;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import secateur.Mutations;

/** What holds for the reader with any bytes: it refuses them, or Gson reads the same in them and the tensors fill the file. */
final class SafetensorsProperty {

  private static final Path FILE = Path.of("any.safetensors");

  private SafetensorsProperty() {}

  /** Whether {@code bytes} were read. */
  static boolean holds(byte[] bytes) throws IOException {
    Map<String, Safetensors.Entry> entries;
    try {
      entries = SafetensorsHeader.read(FILE, (to, at) -> Mutations.read(bytes, to, at), bytes.length);
    } catch (MalformedFileException refused) {
      require(refused.offset() >= 0 && refused.offset() <= bytes.length, refused.getMessage());
      return false;
    }
    int header = (int) ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
    JsonObject json = JsonParser.parseString(new String(bytes, 8, header, StandardCharsets.UTF_8)).getAsJsonObject();
    json.remove("__metadata__");
    require(json.keySet().equals(entries.keySet()), "names");
    long filled = 8L + header;
    for (Map.Entry<String, Safetensors.Entry> each : entries.entrySet()) {
      same(json.getAsJsonObject(each.getKey()), each.getValue(), 8L + header);
      filled += each.getValue().end() - each.getValue().begin();
    }
    require(filled == bytes.length, "the tensors end at " + filled);
    return true;
  }

  private static void same(JsonObject json, Safetensors.Entry entry, long data) {
    require(json.get("dtype").getAsString().equals(entry.type().name()), "dtype");
    require(Arrays.equals(longs(json, "shape"), entry.shape().getShape()), "shape");
    require(Arrays.equals(longs(json, "data_offsets"), new long[] {entry.begin() - data, entry.end() - data}), "offsets");
  }

  private static long[] longs(JsonObject json, String field) {
    return json.getAsJsonArray(field).asList().stream().mapToLong(each -> each.getAsLong()).toArray();
  }

  private static void require(boolean condition, String what) {
    if (!condition) {
      throw new AssertionError(what);
    }
  }
}
