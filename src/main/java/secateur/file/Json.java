package secateur.file;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** JSON files as objects. */
public final class Json {

  private Json() {}

  /** The object in {@code file}; a missing file or one that is no JSON object is an error that names it. */
  public static JsonObject read(Path file) {
    try {
      return parse(file, Files.readString(file));
    } catch (NoSuchFileException e) {
      throw new IllegalArgumentException("no " + file.getFileName() + " in " + file.getParent(), e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The object in {@code text}, which came from {@code file}. */
  public static JsonObject parse(Path file, String text) {
    try {
      JsonElement element = JsonParser.parseString(text);
      if (element.isJsonObject()) {
        return element.getAsJsonObject();
      }
      throw new MalformedFileException(file, "a JSON object was expected");
    } catch (JsonParseException e) {
      throw new MalformedFileException(file, "no valid JSON (" + e.getMessage() + ")");
    }
  }

  /** Writes {@code object}, indented, in one atomic step. */
  public static void write(Path file, JsonObject object) {
    String text = new GsonBuilder().setPrettyPrinting().serializeNulls().disableHtmlEscaping().create().toJson(object);
    AtomicFile.write(file, out -> out.write(StandardCharsets.UTF_8.encode(text + "\n")));
  }
}
