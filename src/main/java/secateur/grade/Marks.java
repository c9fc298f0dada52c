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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import secateur.course.Entry;

/**
 * The marks of a submission, which are kept in a file beside its notebook.
 *
 * @param tests a mark for each test
 * @param notes what is not as it was handed out, and why it was stopped, one sentence each
 * @param entry what goes to the leaderboard
 */
public record Marks(List<Mark> tests, List<String> notes, Optional<Entry> entry) {

  private static final Gson GSON = new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();
  private static final String ENTRY = "entry";

  /** Keeps copies of both lists. */
  public Marks {
    tests = List.copyOf(tests);
    notes = List.copyOf(notes);
  }

  /** What all of it brought. */
  public double points() {
    return tests.stream().mapToDouble(Mark::points).sum();
  }

  /** What it may bring. */
  public double most() {
    return tests.stream().mapToDouble(Mark::most).sum();
  }

  /** One mark a task: the sum of its tests', with the first hint. */
  public List<Mark> tasks() {
    Map<String, List<Mark>> tasks = tests.stream().collect(Collectors.groupingBy(Mark::task, LinkedHashMap::new, Collectors.toList()));
    return tasks.entrySet().stream().map(each -> sum(each.getKey(), each.getValue())).toList();
  }

  private static Mark sum(String task, List<Mark> marks) {
    String hint = marks.stream().map(Mark::hint).filter(each -> !each.isEmpty()).findFirst().orElse("");
    return new Mark(task, task, marks.stream().mapToDouble(Mark::points).sum(), marks.stream().mapToDouble(Mark::most).sum(), hint);
  }

  static Marks read(Path file) throws IOException {
    try {
      JsonObject json = GSON.fromJson(Files.readString(file), JsonObject.class);
      Optional<Entry> entry = json.get(ENTRY) instanceof JsonObject own
          ? Optional.of(new Entry(own.get("perplexity").getAsDouble(), own.get("bytes").getAsLong())) : Optional.empty();
      List<Mark> marks = list(json.getAsJsonArray("marks")).map(JsonElement::getAsJsonObject).map(Marks::mark).toList();
      return new Marks(marks, list(json.getAsJsonArray("notes")).map(JsonElement::getAsString).toList(), entry);
    } catch (RuntimeException e) {
      throw new JsonParseException(e);
    }
  }

  private static Stream<JsonElement> list(JsonArray array) {
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
    tests.forEach(mark -> all.add(json(mark)));
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
