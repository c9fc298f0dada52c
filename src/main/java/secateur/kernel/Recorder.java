package secateur.kernel;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.dflib.jjava.jupyter.messages.publish.PublishStream.StreamType;
import secateur.course.Outputs;

/** Keeps what a cell shows as the outputs of a notebook file, up to a size. */
final class Recorder implements Screen {

  private static final Gson GSON = new Gson();
  private static final int MOST_TEXT = 1 << 18;
  private static final int MOST_DISPLAYS = 200;
  private static final String OUTPUT_TYPE = "output_type";

  private final Map<String, JsonObject> displays = new HashMap<>();
  private JsonArray outputs = new JsonArray();
  private StringBuilder text = new StringBuilder();
  private JsonObject stream;
  private int printed;

  /** Begins a cell. */
  synchronized void begin() {
    outputs = new JsonArray();
    displays.clear();
    stream = null;
    printed = 0;
  }

  /** What the cell has shown so far. */
  synchronized JsonArray outputs() {
    return Outputs.of(outputs);
  }

  synchronized void print(StreamType type, String more) {
    String name = type == StreamType.ERR ? "stderr" : "stdout";
    if (stream == null || !stream.get("name").getAsString().equals(name)) {
      stream = output("stream");
      stream.addProperty("name", name);
      text = new StringBuilder();
    }
    String kept = more.substring(0, Math.min(more.length(), Math.max(0, MOST_TEXT - printed)));
    text.append(kept).append(kept.length() < more.length() && printed <= MOST_TEXT ? "…\n" : "");
    printed += more.length() > kept.length() ? MOST_TEXT + 1 - printed : kept.length();
    stream.addProperty("text", text.toString());
  }

  @Override
  public synchronized void display(String id, Object value) {
    if (displays.size() < MOST_DISPLAYS) {
      View view = Views.of(value); // it may fail: before there is an output
      displays.put(id, show(output("display_data"), view));
    }
  }

  @Override
  public synchronized void update(String id, Object value) {
    if (displays.containsKey(id)) {
      show(displays.get(id), Views.of(value));
    }
  }

  @Override
  public synchronized void clear() {
    begin();
  }

  /** There is no pager. */
  @Override
  public void page(Object value) {}

  /** The cell's value. */
  synchronized void result(Object value, int number) {
    View view = Views.of(value);
    show(output("execute_result"), view).addProperty("execution_count", number);
  }

  synchronized void error(CellError error) {
    JsonObject output = output("error");
    output.addProperty("ename", error.name());
    output.addProperty("evalue", error.getMessage());
    output.add("traceback", GSON.toJsonTree(error.traceback()));
  }

  private JsonObject output(String type) {
    stream = null;
    JsonObject output = new JsonObject();
    output.addProperty(OUTPUT_TYPE, type);
    outputs.add(output);
    return output;
  }

  private static JsonObject show(JsonObject output, View view) {
    output.add("data", GSON.toJsonTree(view.data()));
    output.add("metadata", GSON.toJsonTree(view.metadata()));
    return output;
  }

  /** Whether anything was printed to standard error. */
  synchronized boolean complains() {
    return List.copyOf(outputs.asList()).stream().map(JsonObject.class::cast)
        .anyMatch(output -> output.has("name") && output.get("name").getAsString().equals("stderr"));
  }
}
