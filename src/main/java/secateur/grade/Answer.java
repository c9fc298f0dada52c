package secateur.grade;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import secateur.course.Entry;
import secateur.course.Marking;
import secateur.course.Outputs;

/**
 * What became of a cell.
 *
 * @param outputs in nbformat's form, whatever the child has sent
 * @param hint what is wrong with it, one sentence
 * @param entry its value, if that is one
 */
record Answer(JsonArray outputs, Optional<String> hint, Optional<Entry> entry) {

  /** @throws RuntimeException if it is not of that form */
  static Answer of(JsonObject message) {
    Optional<String> hint = Optional.ofNullable(message.get("hint")).map(JsonElement::getAsString);
    Optional<Entry> entry = message.has("perplexity")
        ? Optional.of(new Entry(message.get("perplexity").getAsDouble(), message.get("bytes").getAsLong())) : Optional.empty();
    return new Answer(Outputs.of(message.getAsJsonArray("outputs")), hint, entry);
  }

  /** Characters of what it shows, about. */
  long length() {
    return outputs.toString().length();
  }

  /** The same without what it shows. */
  Answer withoutOutputs() {
    return new Answer(new JsonArray(), hint, entry);
  }

  /** The points of a test that may bring {@code most}: none after an error or where something is printed to standard error. */
  double points(double most) {
    if (all().anyMatch(output -> is(output, "output_type", "error") || is(output, "name", "stderr"))) {
      return 0;
    }
    return Marking.points(most, all().filter(output -> is(output, "output_type", "execute_result"))
        .map(output -> output.getAsJsonObject("data").get("text/plain").getAsString()).findFirst().orElse(null));
  }

  private Stream<JsonObject> all() {
    return StreamSupport.stream(outputs.spliterator(), false).map(JsonElement::getAsJsonObject);
  }

  private static boolean is(JsonObject output, String name, String value) {
    return output.has(name) && output.get(name).getAsString().equals(value);
  }
}
