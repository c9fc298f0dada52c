package secateur.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import blue.strategic.parquet.ParquetWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.Types;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import secateur.hub.FakeHub;
import secateur.hub.Hub;

/** Corpora of rows, from files and from the hub. */
class HubCorpusTest {

  @TempDir
  private Path folder;

  private final FakeHub server = new FakeHub();

  @AfterEach
  void close() {
    server.close();
  }

  private Corpus load(String name) {
    return Corpus.load(name, null, () -> new Hub(server.environment(folder.resolve("home"))));
  }

  private byte[] parquet(String column, String... rows) {
    MessageType schema = Types.buildMessage()
        .required(PrimitiveType.PrimitiveTypeName.INT64).named("id")
        .optional(PrimitiveType.PrimitiveTypeName.BINARY).as(LogicalTypeAnnotation.stringType()).named(column)
        .required(PrimitiveType.PrimitiveTypeName.DOUBLE).named("score")
        .optionalList().optionalElement(PrimitiveType.PrimitiveTypeName.BINARY).as(LogicalTypeAnnotation.stringType()).named("tags")
        .named("row");
    try {
      Path file = Files.createTempFile(folder, "rows", ".parquet");
      Files.delete(file);
      try (ParquetWriter<String> writer = ParquetWriter.writeFile(schema, file.toFile(), (row, out) -> {
        out.write("id", 7L);
        if (row != null) {
          out.write(column, row);
        }
        out.write("score", 0.5);
      })) {
        for (String row : rows) {
          writer.write(row);
        }
      }
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  private String file(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content).toString();
  }

  @Test
  void rowsOfJsonAreJoinedByABlankLine() throws IOException {
    Corpus corpus = load(file("a.jsonl", "{\"id\": 1, \"text\": \"Ä\\n\", \"more\": {\"text\": \"no\"}}\n\n{\"text\": \"\"}\n{\"text\": null}\n{\"id\": 2}\n{\"text\": \"b\"}"));
    assertThat(corpus.text()).isEqualTo("Ä\n\n\n\n\nb");
    assertThat(corpus.joined()).isEqualTo("3 documents joined by one blank line");
    assertThat(corpus.name()).isEqualTo("a.jsonl");
  }

  @Test
  void rowsMayBeZipped() throws IOException {
    Path file = Files.write(folder.resolve("a.json.gz"), gzip("{\"text\": \"x\"}\n{\"text\": \"y\"}\n"));
    assertThat(load(file.toString()).text()).isEqualTo("x\n\ny");
    assertThat(load(Files.write(folder.resolve("a.txt.gz"), gzip("x\ny")).toString()).text()).isEqualTo("x\ny");
  }

  @Test
  void rowsOfParquetAreJoinedByABlankLine() throws IOException {
    Path file = Files.write(folder.resolve("a.parquet"), parquet("text", "Ä\n", "", null, "b"));
    assertThat(load(file.toString()).text()).isEqualTo("Ä\n\n\n\n\nb");
  }

  @Test
  void aFileThatIsNoParquetIsSaid() throws IOException {
    assertThatThrownBy(() -> load(file("a.parquet", "x".repeat(100)))).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("is not a Parquet file");
  }

  @Test
  void theOnlyColumnOfStringsIsTheText() throws IOException {
    assertThat(load(file("a.jsonl", "{\"id\": 1, \"content\": \"x\"}")).text()).isEqualTo("x");
    assertThat(load(Files.write(folder.resolve("a.parquet"), parquet("content", "y")).toString()).text()).isEqualTo("y");
  }

  @Test
  void anUnclearColumnListsAll() throws IOException {
    String file = file("a.jsonl", "{\"id\": 1, \"question\": \"x\", \"answer\": \"y\"}");
    assertThatThrownBy(() -> load(file)).isInstanceOf(IllegalArgumentException.class).hasMessage(
        "a.jsonl has no column 'text' of strings; its columns of strings are [question, answer], its others [id]; Corpus.load(name, \"question\") takes that one");
    assertThat(Corpus.load(file, "answer").text()).isEqualTo("y");
    assertThatThrownBy(() -> Corpus.load(file, "id")).hasMessageContaining("no column 'id' of strings");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
      "{\"text\": \"x\"}\\n[1] | line 2 is not a JSON object of its own",
      "[{\"text\": \"x\"}] | line 1 is not a JSON object of its own",
      "{\"text\": \"x\" | line 1 is not a JSON object of its own",
      "{\"text\": \"x\"} {} | line 1 is not a JSON object of its own",
      "{\"text\": \"x\"}\\n{\"text\": 3} | line 2: the column 'text' is not a string"})
  void rowsThatAreNoneAreNamed(String content, String sentence) throws IOException {
    String file = file("a.jsonl", content.replace("\\n", "\n"));
    assertThatThrownBy(() -> load(file)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining(sentence);
  }

  @Test
  void bytesThatAreNotUtf8AreAnError() throws IOException {
    Path file = Files.write(folder.resolve("a.txt"), new byte[] {'a', (byte) 0xff});
    assertThatThrownBy(() -> load(file.toString())).hasMessageContaining("a.txt is not UTF-8 text");
  }

  private void wikitext() {
    for (String config : List.of("wikitext-103-raw-v1", "wikitext-2-raw-v1")) {
      for (String split : List.of("test", "train", "validation")) {
        server.file("datasets/org/wikitext", config + "/" + split + "-00000-of-00001.parquet", parquet("text", config, split));
      }
    }
    server.file("datasets/org/wikitext", "README.md", "---");
  }

  @Test
  void aDatasetOfTheHub() {
    wikitext();
    Corpus corpus = load("org/wikitext#wikitext-2-raw-v1:test");
    assertThat(corpus.text()).isEqualTo("wikitext-2-raw-v1\n\ntest");
    assertThat(corpus.name()).isEqualTo("org/wikitext#wikitext-2-raw-v1:test");
    assertThat(load("org/wikitext@main#wikitext-103-raw-v1:valid").text()).isEqualTo("wikitext-103-raw-v1\n\nvalidation");
    assertThat(load("org/wikitext#wikitext-2-raw-v1/train-00000-of-00001.parquet").text()).isEqualTo("wikitext-2-raw-v1\n\ntrain");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "org/wikitext | has more than one config; say which of wikitext-103-raw-v1, wikitext-2-raw-v1, for example org/wikitext#wikitext-2-raw-v1",
      "org/wikitext:test | has more than one config; say which",
      "org/wikitext#x:test | has no config or file 'x'; say which of wikitext-103-raw-v1",
      "org/wikitext#wikitext-2-raw-v1 | has more than one split; say which of test, train, validation, for example org/wikitext#wikitext-2-raw-v1:validation",
      "org/wikitext#wikitext-2-raw-v1:best | has no split 'best'; say which of test, train, validation",
      "no/such | 'no/such' is neither a file here nor a dataset of localhost"})
  void whatIsUnclearIsListed(String name, String sentence) {
    wikitext();
    assertThatThrownBy(() -> load(name)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining(sentence);
  }

  @ParameterizedTest
  @CsvSource({
      "data/train_sft-00000-of-00001.parquet, '', train_sft",
      "en/c4-validation.00000-of-00008.json.gz, en, validation",
      "default/train/0000.parquet, default, train",
      "test.jsonl, '', test",
      "plain_text/unsupervised-00000-of-00001.parquet, plain_text, unsupervised",
      "books.txt, '', train",
      "data/dev.jsonl, '', validation"})
  void aPathSaysConfigAndSplit(String path, String config, String split) {
    DataFile file = DataFile.of(path).orElseThrow();
    assertThat(file.config()).isEqualTo(config);
    assertThat(file.split()).isEqualTo(split);
  }

  @Test
  void notesAreNoData() {
    assertThat(List.of("README.md", "dataset_infos.json", ".gitattributes", ".hidden/a.txt", "a.csv")).allMatch(file -> DataFile.of(file).isEmpty());
  }

  @Test
  void filesComeInOrderAndParquetFirst() {
    server.file("datasets/org/two", "data/train-00001-of-00002.parquet", parquet("text", "b"))
        .file("datasets/org/two", "data/train-00000-of-00002.parquet", parquet("text", "a")).file("datasets/org/two", "train.jsonl", "{}");
    assertThat(load("org/two").text()).isEqualTo("a\n\nb");
  }

  @Test
  void offlineAMissingPieceIsNamed() throws IOException {
    server.file("datasets/org/two", "train-00000-of-00002.jsonl", "{\"text\": \"a\"}").file("datasets/org/two", "train-00001-of-00002.jsonl", "{\"text\": \"b\"}");
    load("org/two#train-00000-of-00002.jsonl");
    server.close();
    assertThat(load("org/two#train-00000-of-00002.jsonl").text()).isEqualTo("a");
    assertThatThrownBy(() -> load("org/two")).isInstanceOf(IllegalStateException.class).hasMessageContaining("train-00001-of-00002.jsonl is missing");
  }

  @Test
  void aDatasetWithoutTextListsWhatItHas() {
    server.file("datasets/org/pictures", "a.csv", "x");
    assertThatThrownBy(() -> load("org/pictures")).hasMessageContainingAll("has no Parquet, JSON Lines or text file; it has a.csv", "org/pictures@refs/convert/parquet");
  }

  @Test
  void whatNoStringHoldsIsRefusedBeforeItIsFetched() {
    server.file("datasets/org/big", "train-0.jsonl", "{}").size("train-0.jsonl", 3_000_000_000L);
    assertThatThrownBy(() -> load("org/big")).isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("1 files with 3 GB", "org/big#train-0.jsonl");
  }
}
