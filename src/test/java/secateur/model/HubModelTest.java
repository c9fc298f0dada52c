package secateur.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.types.DataType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import secateur.Golden;
import secateur.hub.FakeHub;
import secateur.hub.Hub;

class HubModelTest {

  private static final String REQUESTS = "/api/models/org/name/discussions";
  private static final String COMMITS = "/api/models/org/name/commits/refs/pr/2";
  private static final String REQUEST = """
      {"discussions": [{"num": 1, "title": "Typo", "status": "open", "isPullRequest": true, "author": {"name": "SFconvertbot"}},
        {"num": 2, "title": "Adding `safetensors` variant of this model", "status": "open", "isPullRequest": true, "author": {"name": "%s"}}],
       "count": 2, "start": 0}""";

  @TempDir
  private Path home;

  private final FakeHub server = new FakeHub();

  @BeforeEach
  void pickle() {
    server.file("org/name", "config.json", read("config.json")).file("org/name", "pytorch_model.bin", "pickle").file("org/name", "README.md", "x");
  }

  @AfterEach
  void close() {
    server.close();
  }

  private static byte[] read(String file) {
    try {
      return Files.readAllBytes(Golden.path("models/llama").resolve(file));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private Hub hub() {
    return new Hub(server.environment(home));
  }

  private Source find(String name) {
    return Source.find(name, this::hub);
  }

  private List<String> fetched() {
    return server.asked().stream().filter(each -> each.method().equals("GET") && each.path().contains("/resolve/"))
        .map(each -> each.path().substring(each.path().lastIndexOf('/') + 1)).distinct().toList();
  }

  @Test
  void aModelOfTheHubIsLoadedAndOnlyWhatIsRead() {
    server.file("org/name", "model.safetensors", read("model.safetensors")).file("org/name", "consolidated.safetensors", "x")
        .file("org/name", "tf_model.h5", "x");
    try (Llm model = Loader.load(find("org/name"), DataType.FLOAT32); Llm same = Golden.model("llama")) {
      assertThat(model.name()).isEqualTo("org/name");
      assertThat(model.logits(new long[] {1, 2, 3})).isDeepEqualTo(same.logits(new long[] {1, 2, 3}));
    }
    assertThat(fetched()).containsExactlyInAnyOrder("config.json", "model.safetensors");
  }

  @Test
  void theShardsOfTheIndexAreFetched() {
    server.file("org/name", "model.safetensors.index.json", "{\"weight_map\": {\"a\": \"b-1.safetensors\", \"c\": \"b-2.safetensors\"}}")
        .file("org/name", "b-1.safetensors", "1").file("org/name", "b-2.safetensors", "2").file("org/name", "b-3.safetensors", "3");
    assertThat(HubModel.download(hub(), "org/name")).isDirectoryContaining("glob:**b-2.safetensors");
    assertThat(fetched()).containsExactlyInAnyOrder("config.json", "model.safetensors.index.json", "b-1.safetensors", "b-2.safetensors");
  }

  @Test
  void anIndexThatLeadsOutOfTheCacheIsRefused() {
    server.file("org/name", "model.safetensors.index.json", "{\"weight_map\": {\"a\": \"../../x\"}}");
    assertThatThrownBy(() -> find("org/name")).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("'../../x'");
  }

  @Test
  void picklesAreRefusedWithAWayOut() {
    server.answer(REQUESTS, 200, "", "{\"discussions\": []}");
    assertThatThrownBy(() -> find("org/name")).isInstanceOf(IllegalArgumentException.class).hasMessageContainingAll("the model org/name",
        "only pickles such as pytorch_model.bin", "never read", "https://huggingface.co/spaces/safetensors/convert");
    assertThat(fetched()).isEmpty();
  }

  @Test
  void theRobotsConversionIsUsed() {
    conversion("SFconvertbot", FakeHub.COMMIT);
    assertThat(find("org/name").directory()).isDirectoryContaining("glob:**model.safetensors");
    assertThat(home.resolve("hub/models--org--name/refs/refs/pr/2")).exists();
  }

  @Test
  void anotherPersonsConversionIsNotUsed() {
    conversion("Mallory", FakeHub.COMMIT);
    assertThatThrownBy(() -> find("org/name")).hasMessageContaining("only pickles");
  }

  @Test
  void theConversionOfAnOlderCommitIsNotUsed() {
    conversion("SFconvertbot", "f".repeat(40));
    assertThatThrownBy(() -> find("org/name")).hasMessageContaining("only pickles");
  }

  private void conversion(String author, String parent) {
    server.answer(REQUESTS, 200, "", REQUEST.formatted(author)).answer(COMMITS, 200, "", "[{\"id\": \"x\"}, {\"id\": \"" + parent + "\"}]")
        .answer("/api/models/org/name/revision/refs/pr/2", 200, "",
            "{\"sha\": \"" + FakeHub.COMMIT + "\", \"siblings\": [{\"rfilename\": \"config.json\"}, {\"rfilename\": \"model.safetensors\"}]}")
        .file("org/name", "model.safetensors", read("model.safetensors"))
        .answer("/api/models/org/name/revision/main", 200, "",
            "{\"sha\": \"" + FakeHub.COMMIT + "\", \"siblings\": [{\"rfilename\": \"config.json\"}, {\"rfilename\": \"pytorch_model.bin\"}]}");
  }

  @Test
  void whatIsNeitherHereNorThereIsSaid() {
    assertThatThrownBy(() -> find("no/such")).isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'no/such' is neither a directory here nor a model of localhost");
    assertThatThrownBy(() -> find("no/such/path")).hasMessageContaining("'no/such/path' is neither a bundled model (java-8m, arithmetic-3m) nor a directory");
  }

  @Test
  void aDirectoryComesFirst() {
    String directory = Golden.path("models/llama").toString();
    assertThat(Source.find(directory, () -> {
      throw new AssertionError("the hub was asked for");
    }).directory()).isEqualTo(Path.of(directory));
  }

  @Test
  void offlineAnIncompleteModelIsSaid() {
    server.file("org/name", "model.safetensors", read("model.safetensors"));
    hub().download(hub().find(secateur.hub.Repository.of(secateur.hub.Repository.Kind.MODEL, "org/name")).orElseThrow(), List.of("config.json"));
    server.close();
    assertThatThrownBy(() -> find("org/name")).isInstanceOf(IllegalStateException.class)
        .hasMessageContainingAll("the model org/name is not complete", "model.safetensors is missing", "cannot be reached");
  }
}
