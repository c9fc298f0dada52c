package secateur.file;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** JSON files as objects. */
public final class Json {

  private static final int MAX_BYTES = 64 << 20;

  private Json() {}

  /** The object in {@code file}, of 64 MiB at most; a missing file or one that is no JSON object is an error that names it. */
  public static JsonObject read(Path file) {
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw new MalformedFileException(file, "it has " + Files.size(file) + " bytes; JSON is read up to " + MAX_BYTES);
      }
      return parse(file, Files.readString(file));
    } catch (CharacterCodingException e) {
      throw new MalformedFileException(file, "it is no valid UTF-8");
    } catch (NoSuchFileException e) {
      throw new IllegalArgumentException("no " + file.getFileName() + " in " + file.getParent(), e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The object in {@code text}, which came from {@code file}; no key of it may stand there twice. Gson nests 255 levels at most. */
  public static JsonObject parse(Path file, String text) {
    JsonObject object = new JsonObject();
    try (JsonReader in = new JsonReader(new StringReader(text))) {
      for (in.beginObject(); in.hasNext();) {
        String key = in.nextName();
        if (object.has(key)) {
          throw new MalformedFileException(file, "the key " + Utf8.quoted(key) + " stands there twice");
        }
        object.add(key, JsonParser.parseReader(in));
      }
      in.endObject();
      if (in.peek() != JsonToken.END_DOCUMENT) {
        throw new MalformedFileException(file, "more follows after the JSON object");
      }
      return object;
    } catch (IOException | JsonParseException | IllegalStateException e) {
      throw new MalformedFileException(file, "no valid JSON object (" + reason(e) + ")");
    }
  }

  /** The first line of Gson's message, without the class that it may begin with. */
  private static String reason(Exception e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("").replaceFirst("^[\\w.]+Exception: ", "");
  }

  /** Writes {@code object}, indented, in one atomic step. */
  public static void write(Path file, JsonObject object) {
    String text = new GsonBuilder().setPrettyPrinting().serializeNulls().disableHtmlEscaping().create().toJson(object);
    AtomicFile.write(file, out -> FileParts.write(out, StandardCharsets.UTF_8.encode(text + "\n")));
  }
}
