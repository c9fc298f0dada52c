package secateur.course;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Small exercises for tests. */
public final class Exercises {

  private static final Gson GSON = new Gson();

  private Exercises() {}

  /** Two tasks of 2 + 3 and 5 points: the double of a number, and a greeting. */
  public static NotebookFile small() {
    return notebook(
        text("# Small\n\nTwo tasks."),
        code("import java.util.*;\nint two = 2;"),
        solution("doubled", "%%check doubled\nint doubled(int x) {\n  // BEGIN SOLUTION\n  return two * x;\n  // END SOLUTION\n}"),
        test("doubled-sign", 2, "{\n  secateur.course.Check.that(doubled(-3) < 0, \"the sign is lost\");\n}"),
        test("doubled-value", 3, "{\n  int right = doubled(7);\n  // BEGIN HIDDEN TESTS\n"
            + "  secateur.course.Check.of(\"doubled(21)\", doubled(21)).mistake(441, \"that is the square\").expect(42);\n  // END HIDDEN TESTS\n}"),
        locked("between", "String name = \"Ada\";"),
        solution("greeting", "%%check greeting\nString greeting(String who) {\n  // BEGIN SOLUTION\n  return \"Hello, \" + who;\n  // END SOLUTION\n}"),
        test("greeting-value", 5, "secateur.course.Check.of(\"greeting\", greeting(name)).expect(\"Hello, Ada\");"));
  }

  /** A notebook of {@code cells}. */
  public static NotebookFile notebook(Cell... cells) {
    JsonObject rest = GSON.toJsonTree(Map.of("nbformat", 4, "nbformat_minor", 5, "metadata",
        Map.of("kernelspec", Map.of("name", "secateur", "language", "java", "display_name", "Secateur (Java)"), "celltoolbar", "x"))).getAsJsonObject();
    List<Cell> all = new ArrayList<>();
    for (Cell cell : cells) {
      JsonObject json = cell.json().deepCopy();
      json.addProperty("id", "c" + all.size());
      all.add(new Cell(json));
    }
    return new NotebookFile(rest, all);
  }

  public static Cell text(String source) {
    return new Cell(GSON.toJsonTree(Map.of("cell_type", "markdown", "metadata", Map.of(), "source", source)).getAsJsonObject());
  }

  public static Cell code(String source) {
    JsonObject json = GSON.toJsonTree(Map.of("cell_type", "code", "metadata", Map.of("tags", List.of("kept")), "execution_count", 3, "source", "")).getAsJsonObject();
    json.add("outputs", new JsonArray());
    return new Cell(json).withSource(source);
  }

  public static Cell solution(String id, String source) {
    return graded(source, Map.of("grade", false, "solution", true, "locked", false, "grade_id", id));
  }

  public static Cell test(String id, double points, String source) {
    return graded(source, Map.of("grade", true, "solution", false, "locked", true, "grade_id", id, "points", points));
  }

  public static Cell locked(String id, String source) {
    return graded(source, Map.of("grade", false, "solution", false, "locked", true, "grade_id", id));
  }

  private static Cell graded(String source, Map<String, Object> own) {
    JsonObject metadata = code("").metadata().deepCopy();
    Map<String, Object> all = new LinkedHashMap<>(own);
    all.put("schema_version", 3);
    all.put("task", false);
    metadata.add(Grading.KEY, GSON.toJsonTree(all));
    return code(source).withMetadata(metadata);
  }
}
