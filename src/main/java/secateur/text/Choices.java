package secateur.text;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;

/**
 * Questions of which one of several answers is right.
 *
 * @param name where they come from
 * @param list at least one
 * @param sha256 of the file, or of what was given
 */
public record Choices(String name, List<Question> list, String sha256) {

  /**
   * One question.
   *
   * @param query what stands before the answer
   * @param choices at least two, without the blank between
   * @param gold the number of the right one, from 0
   */
  public record Question(String query, List<String> choices, int gold) {

    /** Refuses a question without words, fewer than two choices, a blank one, and a right one that is none of them. */
    public Question {
      choices = List.copyOf(choices);
      if (query == null || query.isBlank() || choices.size() < 2 || choices.stream().anyMatch(String::isBlank)) {
        throw new IllegalArgumentException("the query is \"" + query + "\" and the choices are " + choices + "; needed are words, and 2 choices or more that are not blank");
      }
      if (gold < 0 || gold >= choices.size()) {
        throw new IllegalArgumentException("gold is " + gold + ", allowed is 0 to " + (choices.size() - 1));
      }
    }
  }

  /** Refuses no questions. */
  public Choices {
    list = List.copyOf(list);
    if (list.isEmpty()) {
      throw new IllegalArgumentException("there are no questions in " + name + "; at least one is needed");
    }
  }

  /** Questions of one's own. */
  public static Choices of(String name, List<Question> list) {
    return new Choices(name, list, Sha256.of(list.toString()));
  }

  /**
   * Reads JSON Lines with the fields that multiple-choice tasks of lm-evaluation-harness have: {@code query}, a string;
   * {@code choices}, strings; {@code gold}, the number of the right one, from 0. Blank lines are passed over, other fields ignored.
   *
   * @throws IllegalArgumentException if there is no such file, or a line is something else, with its number
   */
  public static Choices load(Path file) {
    try {
      String text = Files.readString(file);
      List<String> lines = text.lines().toList();
      List<Question> list = new ArrayList<>();
      for (int i = 0; i < lines.size(); i++) {
        if (!lines.get(i).isBlank()) {
          list.add(read(lines.get(i), file.getFileName() + ", line " + (i + 1)));
        }
      }
      return new Choices(file.getFileName().toString(), list, Sha256.of(text));
    } catch (NoSuchFileException e) {
      throw new IllegalArgumentException("there is no file " + file.toAbsolutePath(), e);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file + " as UTF-8", e);
    }
  }

  private static Question read(String line, String place) {
    JsonObject fields = ExampleLine.object(line, place);
    String query = ExampleLine.text(fields, "query", place);
    JsonElement choices = fields.get("choices");
    JsonElement gold = fields.get("gold");
    if (choices == null || !choices.isJsonArray() || gold == null || !gold.isJsonPrimitive() || !gold.getAsJsonPrimitive().isNumber()) {
      throw new IllegalArgumentException(place + " has no array 'choices' or no number 'gold'; its fields are " + fields.keySet());
    }
    try {
      return new Question(query, StreamSupport.stream(choices.getAsJsonArray().spliterator(), false).map(JsonElement::getAsString).toList(), gold.getAsInt());
    } catch (IllegalArgumentException | UnsupportedOperationException | IllegalStateException e) {
      throw new IllegalArgumentException(place + ": " + e.getMessage(), e);
    }
  }

  /** In one line what a figure must say of them: name, checksum, number. */
  public String protocol() {
    return name + " (sha256 " + sha256.substring(0, 8) + "…), " + list.size() + " questions";
  }
}
