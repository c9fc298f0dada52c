package secateur.text;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;

/** How a file holds documents; in the order in which a dataset that has several is read. */
enum Format {

  PARQUET(List.of(".parquet"), ParquetRows::read),
  JSON_LINES(List.of(".jsonl", ".jsonl.gz", ".json", ".json.gz"), Format::jsonLines),
  /** One document, as it is. */
  TEXT(List.of(".txt", ".txt.gz"), Format::text);

  /** Reads a file. */
  private interface Reading {
    /** Gives each document of {@code file} to {@code to}; {@code column} is null for the usual one. */
    void read(Path file, String column, Consumer<String> to) throws IOException;
  }

  private final List<String> suffixes;
  private final Reading reading;

  Format(List<String> suffixes, Reading reading) {
    this.suffixes = suffixes;
    this.reading = reading;
  }

  /** The format that the name of a file says. */
  static Optional<Format> of(String file) {
    String name = file.toLowerCase(Locale.ROOT);
    return Arrays.stream(values()).filter(format -> format.suffixes.stream().anyMatch(name::endsWith)).findFirst();
  }

  /** Gives each document of {@code file}, in its order; one at a time is in memory. */
  void read(Path file, String column, Consumer<String> to) throws IOException {
    reading.read(file, column, to);
  }

  private static void jsonLines(Path file, String column, Consumer<String> to) throws IOException {
    try (BufferedReader in = open(file)) {
      JsonLines.read(file.getFileName().toString(), in, column, to);
    }
  }

  private static void text(Path file, String column, Consumer<String> to) throws IOException {
    try (BufferedReader in = open(file)) {
      StringWriter text = new StringWriter();
      in.transferTo(text);
      to.accept(text.toString());
    }
  }

  /** UTF-8, where a malformed byte is an error. */
  private static BufferedReader open(Path file) throws IOException {
    InputStream in = Files.newInputStream(file);
    try {
      InputStream plain = file.toString().toLowerCase(Locale.ROOT).endsWith(".gz") ? new GZIPInputStream(in, 1 << 16) : in;
      return new BufferedReader(new InputStreamReader(plain, StandardCharsets.UTF_8.newDecoder()));
    } catch (IOException e) {
      in.close();
      throw e;
    }
  }
}
