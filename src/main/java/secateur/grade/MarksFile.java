package secateur.grade;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import secateur.course.Entry;

/**
 * The marks of a submission, as they are kept beside its notebook.
 *
 * @param marks of all tests
 * @param notes what was not as it should be
 * @param entry for the leaderboard
 */
public record MarksFile(List<Mark> marks, List<String> notes, Optional<Entry> entry) {

  private static final Gson GSON = new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();
  private static final String ENTRY = "entry";

  static MarksFile of(Graded graded) {
    return new MarksFile(graded.marks(), graded.notes(), graded.entry());
  }

  /** What all of it brought. */
  public double points() {
    return marks.stream().mapToDouble(Mark::points).sum();
  }

  /** What it may bring. */
  public double most() {
    return marks.stream().mapToDouble(Mark::most).sum();
  }

  static MarksFile read(Path file) throws IOException {
    try {
      JsonObject json = GSON.fromJson(Files.readString(file), JsonObject.class);
      Optional<Entry> entry = json.get(ENTRY) instanceof JsonObject own
          ? Optional.of(new Entry(own.get("perplexity").getAsDouble(), own.get("bytes").getAsLong())) : Optional.empty();
      List<Mark> marks = list(json.getAsJsonArray("marks")).map(JsonElement::getAsJsonObject).map(MarksFile::mark).toList();
      return new MarksFile(marks, list(json.getAsJsonArray("notes")).map(JsonElement::getAsString).toList(), entry);
    } catch (RuntimeException e) {
      throw new JsonParseException(e);
    }
  }

  private static java.util.stream.Stream<JsonElement> list(JsonArray array) {
    return StreamSupport.stream(array.spliterator(), false);
  }

  private static Mark mark(JsonObject json) {
    return new Mark(json.get("test").getAsString(), json.get("task").getAsString(), json.get("points").getAsDouble(), json.get("most").getAsDouble(),
        json.get("hint").getAsString());
  }

  void write(Path file) throws IOException {
    JsonObject json = new JsonObject();
    json.addProperty("points", points());
    json.addProperty("most", most());
    JsonArray all = new JsonArray();
    marks.forEach(mark -> all.add(json(mark)));
    json.add("marks", all);
    json.add("notes", GSON.toJsonTree(notes));
    entry.ifPresent(each -> json.add(ENTRY, json(each)));
    Files.writeString(file, GSON.toJson(json) + "\n");
  }

  private static JsonObject json(Entry entry) {
    JsonObject json = new JsonObject();
    json.addProperty("perplexity", entry.perplexity());
    json.addProperty("bytes", entry.bytes());
    return json;
  }

  private static JsonObject json(Mark mark) {
    JsonObject json = new JsonObject();
    json.addProperty("test", mark.test());
    json.addProperty("task", mark.task());
    json.addProperty("points", mark.points());
    json.addProperty("most", mark.most());
    json.addProperty("hint", mark.hint());
    return json;
  }
}
