package secateur.course;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * A cell of a notebook.
 *
 * @param json all of it, also what is not known here; never changed
 */
public record Cell(JsonObject json) {

  private static final String SOURCE = "source";
  private static final String METADATA = "metadata";

  public Cell {
    if (!json.has("cell_type") || !json.get("cell_type").isJsonPrimitive() || !isText(json.get(SOURCE))) {
      throw new IllegalArgumentException("a cell of a notebook has cell_type and source; this one has " + json.keySet());
    }
  }

  private static boolean isText(JsonElement source) {
    return source != null && (source.isJsonPrimitive() || source.isJsonArray()
        && StreamSupport.stream(source.getAsJsonArray().spliterator(), false).allMatch(JsonElement::isJsonPrimitive));
  }

  /** Whether it is run. */
  public boolean isCode() {
    return json.get("cell_type").getAsString().equals("code");
  }

  String type() {
    return json.get("cell_type").getAsString();
  }

  /** Its text, lines parted by line feeds. */
  public String source() {
    JsonElement source = json.get(SOURCE);
    return !source.isJsonArray() ? source.getAsString()
        : StreamSupport.stream(source.getAsJsonArray().spliterator(), false).map(JsonElement::getAsString).collect(Collectors.joining());
  }

  /** What nbgrader is told of it. */
  public Optional<Grading> grading() {
    return Grading.of(metadata());
  }

  /** The grade_id that it claims, whatever else its metadata hold. */
  public Optional<String> gradeId() {
    return metadata().get(Grading.KEY) instanceof JsonObject own && own.has("grade_id") && own.get("grade_id").isJsonPrimitive()
        ? Optional.of(own.get("grade_id").getAsString()) : Optional.empty();
  }

  /** Its id of nbformat 4.5. */
  public Optional<String> id() {
    return Optional.ofNullable(json.get("id")).filter(JsonElement::isJsonPrimitive).map(JsonElement::getAsString);
  }

  JsonObject metadata() {
    return json.get(METADATA) instanceof JsonObject metadata ? metadata : new JsonObject();
  }

  /** With another text, as a list of lines. */
  public Cell withSource(String source) {
    JsonArray lines = new JsonArray();
    for (int at = 0; at < source.length();) {
      int end = source.indexOf('\n', at) < 0 ? source.length() : source.indexOf('\n', at) + 1;
      lines.add(source.substring(at, end));
      at = end;
    }
    return with(SOURCE, lines);
  }

  /** With other outputs; a code cell. */
  public Cell withOutputs(JsonArray outputs) {
    return with("outputs", outputs);
  }

  /** As if it had never run. */
  Cell cleared() {
    return isCode() ? withOutputs(new JsonArray()).with("execution_count", JsonNull.INSTANCE) : this;
  }

  /** Without what nbgrader is told of it. */
  public Cell ungraded() {
    JsonObject metadata = metadata().deepCopy();
    metadata.remove(Grading.KEY);
    return withMetadata(metadata);
  }

  Cell withMetadata(JsonObject metadata) {
    return with(METADATA, metadata);
  }

  private Cell with(String name, JsonElement value) {
    JsonObject changed = json.deepCopy();
    changed.add(name, value);
    return new Cell(changed);
  }
}
