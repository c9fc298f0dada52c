package secateur.spec;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What structured pruning left of a model, as {@code config.json} keeps it under {@code "secateur"}: how much the original
 * had ({@code "blocks"}, {@code "heads"}, {@code "neurons"}, {@code "channels"}), and for each block that is left its
 * number there and the numbers of its heads and neurons, where some are gone; {@code "keptChannels"} are those of the residual
 * stream. Immutable.
 */
public final class Remains {

  static final String KEY = "secateur";
  private static final String BLOCKS = "kept";
  private static final String NUMBER = "block";
  private static final String CHANNELS = "channels";
  private static final String KEPT_CHANNELS = "keptChannels";

  private final JsonObject json;

  private Remains(JsonObject json) {
    this.json = json;
  }

  static Remains of(JsonObject config, int blocks) {
    if (!config.has(KEY)) {
      return new Remains(whole(blocks));
    }
    JsonElement json = config.get(KEY);
    if (!json.isJsonObject() || !(json.getAsJsonObject().get(BLOCKS) instanceof JsonArray kept) || kept.size() != blocks) {
      throw new IllegalArgumentException("config.json: secateur is " + json + ", an object is needed whose 'kept' lists " + blocks + " blocks");
    }
    return new Remains(json.getAsJsonObject());
  }

  private static JsonObject whole(int blocks) {
    JsonObject json = new JsonObject();
    JsonArray kept = new JsonArray();
    IntStream.range(0, blocks).forEach(index -> {
      JsonObject block = new JsonObject();
      block.addProperty(NUMBER, index);
      kept.add(block);
    });
    json.addProperty("blocks", blocks);
    json.add(BLOCKS, kept);
    return json;
  }

  /** The number that block {@code index} had in the original. */
  public int number(int index) {
    return block(json, index).get(NUMBER).getAsInt();
  }

  /** How many blocks the original had. */
  public int blocks() {
    return json.get("blocks").getAsInt();
  }

  /** How many groups the original had in each block; empty where none was ever removed. */
  public Optional<Integer> original(Part part) {
    return Optional.ofNullable(json.get(part.label())).map(JsonElement::getAsInt);
  }

  /** The numbers that the groups of block {@code index} had in the original; empty where all are there. */
  public Optional<int[]> groups(int index, Part part) {
    return Optional.ofNullable(block(json, index).get(part.label()))
        .map(text -> Ranges.read(text.getAsString(), original(part).orElse(Integer.MAX_VALUE)));
  }

  /** How many channels the residual stream of the original had; empty where none was ever removed. */
  public Optional<Integer> originalChannels() {
    return Optional.ofNullable(json.get(CHANNELS)).map(JsonElement::getAsInt);
  }

  /** The numbers that the channels had in the original; empty where all are there. */
  public Optional<int[]> channels() {
    return Optional.ofNullable(json.get(KEPT_CHANNELS))
        .map(text -> Ranges.read(text.getAsString(), originalChannels().orElse(Integer.MAX_VALUE)));
  }

  /** With {@code channels} of the {@code count} that there are. */
  Remains keepChannels(int[] channels, int count) {
    JsonObject copy = json.deepCopy();
    if (originalChannels().isEmpty()) {
      copy.addProperty(CHANNELS, count);
    }
    copy.addProperty(KEPT_CHANNELS, Ranges.write(channels().map(before -> Arrays.stream(channels).map(c -> before[c]).toArray()).orElse(channels)));
    return new Remains(copy);
  }

  /** With {@code groups} of the {@code count} that block {@code index} has. */
  public Remains keep(int index, Part part, int[] groups, int count) {
    JsonObject copy = json.deepCopy();
    if (original(part).isEmpty()) {
      copy.addProperty(part.label(), count);
    }
    int[] numbers = groups(index, part).map(before -> Arrays.stream(groups).map(g -> before[g]).toArray()).orElse(groups);
    block(copy, index).addProperty(part.label(), Ranges.write(numbers));
    return new Remains(copy);
  }

  /** With {@code blocks} of those that are there. */
  Remains keepBlocks(int[] blocks) {
    JsonObject copy = json.deepCopy();
    JsonArray kept = new JsonArray();
    Arrays.stream(blocks).forEach(index -> kept.add(block(copy, index)));
    copy.add(BLOCKS, kept);
    return new Remains(copy);
  }

  /** {@code config} with this in it, where anything is gone. */
  JsonObject into(JsonObject config) {
    if (!json.equals(whole(json.getAsJsonArray(BLOCKS).size()))) {
      config.add(KEY, json.deepCopy());
    }
    return config;
  }

  private static JsonObject block(JsonObject of, int index) {
    return of.getAsJsonArray(BLOCKS).get(index).getAsJsonObject();
  }
}
