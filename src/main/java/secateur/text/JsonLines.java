package secateur.text;

import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.MalformedJsonException;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.StringReader;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Rows of JSON: one object a line (https://jsonlines.org). */
final class JsonLines {

  private final String file;
  private final BufferedReader in;
  private String column;
  private int number;

  private JsonLines(String file, BufferedReader in, String column) {
    this.file = file;
    this.in = in;
    this.column = column;
  }

  /** Gives the column {@code wanted}, chosen in the first row, of each row that has it; blank lines are passed over. */
  static void read(String file, BufferedReader in, String wanted, Consumer<String> row) throws IOException {
    new JsonLines(file, in, wanted).read(row);
  }

  private void read(Consumer<String> row) throws IOException {
    boolean first = true;
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      number++;
      if (!line.isBlank()) {
        column = first ? Column.of(file, columns(line), column) : column;
        first = false;
        value(line, row);
      }
    }
  }

  private Map<String, Boolean> columns(String line) throws IOException {
    Map<String, Boolean> columns = new LinkedHashMap<>();
    members(line, (name, json) -> {
      columns.put(name, json.peek() == JsonToken.STRING || json.peek() == JsonToken.NULL);
      json.skipValue();
    });
    return columns;
  }

  private void value(String line, Consumer<String> row) throws IOException {
    members(line, (name, json) -> {
      if (!name.equals(column) || json.peek() == JsonToken.NULL) {
        json.skipValue();
      } else if (json.peek() == JsonToken.STRING) {
        row.accept(json.nextString());
      } else {
        throw new IllegalArgumentException(file + ", line " + number + ": the column '" + column + "' is not a string");
      }
    });
  }

  /** What to do with a member, whose value is next. */
  private interface Member {
    void read(String name, JsonReader json) throws IOException;
  }

  private void members(String line, Member member) throws IOException {
    try (JsonReader json = new JsonReader(new StringReader(line))) {
      for (json.beginObject(); json.hasNext();) {
        member.read(json.nextName(), json);
      }
      json.endObject();
      if (json.peek() != JsonToken.END_DOCUMENT) {
        throw new MalformedJsonException("more follows");
      }
    } catch (MalformedJsonException | EOFException | IllegalStateException e) {
      throw new IllegalArgumentException(file + ", line " + number + " is not a JSON object of its own", e);
    }
  }
}
