package secateur.course;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.StreamSupport;

/**
 * A notebook of nbformat 4.
 *
 * @param rest all of it but the cells, also what is not known here; never changed
 * @param cells from top to bottom
 */
public record NotebookFile(JsonObject rest, List<Cell> cells) {

  private static final Gson GSON = new GsonBuilder().serializeNulls().disableHtmlEscaping().create();
  private static final int FORMAT = 4;

  public NotebookFile {
    cells = List.copyOf(cells);
  }

  /**
   * @throws IllegalArgumentException if the file is no notebook; the message names the file
   * @throws IOException if it cannot be read
   */
  public static NotebookFile read(Path file) throws IOException {
    try {
      return parse(Files.readString(file));
    } catch (IllegalArgumentException | java.nio.charset.CharacterCodingException e) {
      throw new IllegalArgumentException(file + " is no notebook: " + e.getMessage(), e);
    }
  }

  static NotebookFile parse(String text) {
    try {
      JsonElement parsed = JsonParser.parseString(text);
      if (!(parsed instanceof JsonObject json) || !(json.get("cells") instanceof JsonArray cells)
          || !json.has("nbformat") || json.get("nbformat").getAsInt() != FORMAT) {
        throw new IllegalArgumentException("it is not a JSON object with nbformat " + FORMAT + " and cells");
      }
      json.remove("cells");
      return new NotebookFile(json, StreamSupport.stream(cells.spliterator(), false).map(cell -> new Cell(cell.getAsJsonObject())).toList());
    } catch (JsonParseException | IllegalStateException | NumberFormatException | UnsupportedOperationException | StackOverflowError e) {
      throw new IllegalArgumentException("it is not JSON of nbformat " + FORMAT, e);
    }
  }

  /** With other cells. */
  public NotebookFile with(List<Cell> other) {
    return new NotebookFile(rest, other);
  }

  /** The first line of a heading, without its marks; empty where no text cell has one. */
  Optional<String> heading() {
    return cells.stream().filter(cell -> !cell.isCode()).flatMap(cell -> cell.source().lines()).map(String::strip)
        .filter(line -> line.matches("#+\\s+.*")).map(line -> line.replaceFirst("#+\\s+", "")).findFirst();
  }

  /** As Jupyter writes it: sorted keys, one blank of indentation, a line feed at the end. */
  public String text() {
    JsonObject whole = rest.deepCopy();
    JsonArray all = new JsonArray();
    cells.forEach(cell -> all.add(cell.json()));
    whole.add("cells", all);
    StringWriter text = new StringWriter();
    JsonWriter writer = new JsonWriter(text);
    writer.setIndent(" ");
    writer.setSerializeNulls(true);
    writer.setHtmlSafe(false);
    GSON.toJson(sorted(whole), writer);
    return text.append('\n').toString();
  }

  private static JsonElement sorted(JsonElement element) {
    if (element instanceof JsonArray array) {
      JsonArray sorted = new JsonArray();
      array.forEach(each -> sorted.add(sorted(each)));
      return sorted;
    }
    if (!(element instanceof JsonObject object)) {
      return element;
    }
    JsonObject sorted = new JsonObject();
    Map<String, JsonElement> members = new TreeMap<>(object.asMap());
    members.forEach((name, value) -> sorted.add(name, sorted(value)));
    return sorted;
  }
}
