package secateur.course;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import org.junit.jupiter.api.Test;

class OutputsTest {

  @Test
  void whatIsMarkedStaysWhateverElseIsShown() {
    JsonArray shown = new JsonArray();
    for (int i = 0; i < 6; i++) {
      shown.add(JsonParser.parseString("{\"output_type\":\"stream\",\"name\":\"stdout\",\"text\":\"" + "x".repeat(Outputs.MOST) + "\"}"));
    }
    JsonArray marked = JsonParser.parseString("[{\"output_type\":\"stream\",\"name\":\"stderr\",\"text\":\"no\"},{\"output_type\":\"execute_result\",\"data\":{\"text/plain\":\"0.5\"},\"metadata\":{}}]").getAsJsonArray();
    shown.addAll(marked);
    JsonArray cut = Outputs.of(shown);
    assertThat(cut.get(5).getAsJsonObject().get("text").getAsString()).isEqualTo("…");
    assertThat(cut.get(6)).isEqualTo(marked.get(0));
    assertThat(cut.get(7)).isEqualTo(marked.get(1));
  }

  private static JsonArray of(String json) {
    return Outputs.of(JsonParser.parseString(json).getAsJsonArray());
  }

  @Test
  void whatIsWellFormedStays() {
    String all = """
        [{"output_type":"stream","name":"stdout","text":"a"},{"output_type":"error","ename":"E","evalue":"so","traceback":["x","y"]},\
        {"output_type":"execute_result","data":{"text/plain":"3","text/html":"<b>3</b>"},"metadata":{"image/png":{"width":1}},"execution_count":2},\
        {"output_type":"display_data","data":{"text/plain":"p","image/png":"iVBO"},"metadata":{}}]""";
    assertThat(of(all)).isEqualTo(JsonParser.parseString(all));
  }

  @Test
  void whatIsNoneIsLeftOut() {
    assertThat(of("[1, null, [], {}, {\"output_type\": 3}, {\"output_type\": \"virus\"}]")).isEmpty();
    JsonObject odd = of("[{\"output_type\":\"execute_result\",\"data\":{\"text/plain\":[1,2],\"text/html\":{}},\"metadata\":7,\"execution_count\":\"x\"}]").get(0).getAsJsonObject();
    assertThat(odd).hasToString("{\"output_type\":\"execute_result\",\"data\":{\"text/plain\":\"\"},\"metadata\":{}}");
    assertThat(of("[{\"output_type\":\"error\"}]").get(0)).hasToString("{\"output_type\":\"error\",\"ename\":\"\",\"evalue\":\"\",\"traceback\":[]}");
  }

  @Test
  void whatWouldSwellTheNotebookIsCut() {
    JsonArray shown = new JsonArray();
    for (int i = 0; i < 20; i++) {
      JsonObject data = new JsonObject();
      data.addProperty("text/plain", "x".repeat(Outputs.MOST + 1));
      data.addProperty("text/html", "y".repeat(Outputs.MOST + 1));
      JsonObject output = new JsonObject();
      output.addProperty("output_type", "display_data");
      output.add("data", data);
      shown.add(output);
    }
    JsonArray cut = Outputs.of(shown);
    assertThat(cut).hasSize(20);
    assertThat(cut.toString().length()).isLessThan(Outputs.MOST_OF_CELL + 5000);
    JsonObject first = cut.get(0).getAsJsonObject().getAsJsonObject("data");
    assertThat(first.has("text/html")).isFalse();
    assertThat(first.get("text/plain").getAsString()).hasSize(Outputs.MOST + 1).endsWith("x…");
  }
}
