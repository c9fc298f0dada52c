package secateur.export;

import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import secateur.file.Json;
import secateur.file.SafetensorsWriter;
import secateur.file.TensorData;

/** A checkpoint in several files: {@code model-00001-of-00003.safetensors} and so on, and an index. */
final class Shards {

  private Shards() {}

  /** {@code tensors} in name order, cut where {@code limit} bytes would be exceeded. */
  static List<Map<String, TensorData>> of(Map<String, TensorData> tensors, long limit) {
    List<Map<String, TensorData>> shards = new ArrayList<>();
    long filled = limit;
    for (Map.Entry<String, TensorData> each : new TreeMap<>(tensors).entrySet()) {
      long bytes = each.getValue().bytes();
      if (shards.isEmpty() || bytes > limit - filled) {
        shards.add(new TreeMap<>());
        filled = 0;
      }
      shards.get(shards.size() - 1).put(each.getKey(), each.getValue());
      filled += bytes;
    }
    return shards;
  }

  /** The file of shard {@code number} of {@code count}, from 1. */
  static String name(int number, int count) {
    return "model-%05d-of-%05d.safetensors".formatted(number, count);
  }

  /** Writes all files, the index last. */
  static void write(List<Map<String, TensorData>> shards, Path directory, Path index) {
    JsonObject places = new JsonObject();
    long total = 0;
    for (int i = 0; i < shards.size(); i++) {
      String name = name(i + 1, shards.size());
      SafetensorsWriter.stream(directory.resolve(name), shards.get(i));
      shards.get(i).keySet().forEach(tensor -> places.addProperty(tensor, name));
      total += shards.get(i).values().stream().mapToLong(TensorData::bytes).sum();
    }
    JsonObject metadata = new JsonObject();
    metadata.addProperty("total_size", total);
    JsonObject json = new JsonObject();
    json.add("metadata", metadata);
    json.add("weight_map", places);
    Json.write(index, json);
  }
}
