package secateur.text;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import secateur.file.AtomicFile;

/**
 * The files of a tokenizer.
 *
 * @param origin where they are, for messages
 * @param tokenizer content of {@code tokenizer.json}
 * @param config content of {@code tokenizer_config.json}, {@code "{}"} if there is none, with the chat template that has a file of its own
 */
record TokenizerFiles(String origin, byte[] tokenizer, byte[] config) {
  private static final String TOKENIZER = "tokenizer.json";
  private static final String CONFIG = "tokenizer_config.json";
  private static final String TEMPLATE = "chat_template.jinja"; // of transformers 4.52 and later
  private static final byte[] NONE = "{}".getBytes(StandardCharsets.UTF_8);

  /** Empty when the directory has no {@code tokenizer.json}. */
  static Optional<TokenizerFiles> in(Path directory) {
    var file = directory.resolve(TOKENIZER);
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try {
      var config = directory.resolve(CONFIG);
      byte[] own = Files.isRegularFile(config) ? Files.readAllBytes(config) : NONE;
      var template = directory.resolve(TEMPLATE);
      return Optional.of(new TokenizerFiles(file.toString(), Files.readAllBytes(file),
          Files.isRegularFile(template) ? with(Files.readString(template), own, config) : own));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  private static byte[] with(String template, byte[] config, Path file) {
    try {
      JsonObject json = JsonParser.parseString(new String(config, StandardCharsets.UTF_8)).getAsJsonObject();
      json.addProperty("chat_template", template);
      return json.toString().getBytes(StandardCharsets.UTF_8);
    } catch (JsonParseException | IllegalStateException e) {
      throw new IllegalArgumentException(file + " is not valid JSON: " + e.getMessage(), e);
    }
  }

  void save(Path directory) {
    AtomicFile.write(directory.resolve(TOKENIZER), out -> out.write(ByteBuffer.wrap(tokenizer)));
    AtomicFile.write(directory.resolve(CONFIG), out -> out.write(ByteBuffer.wrap(config)));
  }

  static TokenizerFiles onClassPath(String folder) {
    var tokenizer = resource(folder + "/" + TOKENIZER).orElseThrow(() -> new IllegalArgumentException(
        "no " + TOKENIZER + " in " + folder + " of the class path"));
    return new TokenizerFiles(folder, tokenizer, resource(folder + "/" + CONFIG).orElse(NONE));
  }

  private static Optional<byte[]> resource(String name) {
    try (var in = TokenizerFiles.class.getClassLoader().getResourceAsStream(name)) {
      return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + name + " of the class path", e);
    }
  }
}
