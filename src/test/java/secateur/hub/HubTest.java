package secateur.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import secateur.tensor.Progress;

class HubTest {

  private static final Client.Timing QUICK = new Client.Timing(Duration.ofMillis(1), Duration.ofSeconds(30));
  private static final Client.Timing SOON = new Client.Timing(Duration.ofMillis(1), Duration.ofSeconds(1));
  private static final Repository MODEL = Repository.of(Repository.Kind.MODEL, "org/name");
  private static final byte[] WEIGHTS = bytes(300_000);
  private static final String ETAG = FakeHub.etag(WEIGHTS);
  private static final List<String> FILES = List.of("config.json", "model.safetensors");

  @TempDir
  private Path home;

  private final FakeHub server = new FakeHub().file("org/name", "config.json", "{}").file("org/name", "model.safetensors", WEIGHTS)
      .file("org/name", "sub/a b#ü%.txt", "deep");

  private static byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    new Random(count).nextBytes(bytes);
    return bytes;
  }

  private Hub hub(String... more) {
    Map<String, String> environment = server.environment(home);
    for (int i = 0; i < more.length; i += 2) {
      environment.put(more[i], more[i + 1]);
    }
    return new Hub(environment, QUICK);
  }

  private Path download() {
    return hub().download(hub().find(MODEL).orElseThrow(), FILES);
  }

  private Path folder() {
    return home.resolve("hub/models--org--name");
  }

  private void isThere(Path directory) {
    assertThat(directory.resolve("model.safetensors")).hasBinaryContent(WEIGHTS);
    assertThat(directory.resolve("config.json")).hasContent("{}");
    assertThat(folder().resolve("blobs")).isDirectoryNotContaining(file -> file.toString().endsWith(".incomplete"));
  }

  private List<String> ranges() {
    return server.asked().stream().filter(each -> each.cdn() && each.method().equals("GET")).map(FakeHub.Asked::range).toList();
  }

  @AfterEach
  void close() {
    Progress.reset();
    server.close();
  }

  @Test
  void theCacheHasThePublishedLayout() throws IOException {
    Path snapshot = hub().download(hub().find(MODEL).orElseThrow(), List.of("config.json", "model.safetensors", "sub/a b#ü%.txt"));
    isThere(snapshot);
    assertThat(snapshot).isEqualTo(folder().resolve("snapshots").resolve(FakeHub.COMMIT));
    assertThat(Files.readSymbolicLink(snapshot.resolve("model.safetensors"))).hasToString("../../blobs/" + ETAG);
    assertThat(Files.readSymbolicLink(snapshot.resolve("config.json"))).hasToString("../../blobs/9e26dfeeb6e641a33dae4961196235bdb965b21b");
    assertThat(Files.readSymbolicLink(snapshot.resolve("sub/a b#ü%.txt"))).hasToString("../../../blobs/" + FakeHub.etag("deep".getBytes()));
    assertThat(Files.readString(folder().resolve("refs/main"))).isEqualTo(FakeHub.COMMIT);
    assertThat(home.resolve("hub/.locks/models--org--name/" + ETAG + ".lock")).exists();
  }

  @Test
  void aPullRequestIsARevision() {
    Repository request = Repository.of(Repository.Kind.MODEL, "org/name@refs/pr/3");
    hub().download(hub().find(request).orElseThrow(), FILES);
    assertThat(folder().resolve("refs/refs/pr/3")).hasContent(FakeHub.COMMIT);
    assertThat(server.asked().get(0).path()).isEqualTo("/api/models/org/name/revision/refs/pr/3");
  }

  @Test
  void whatIsThereIsNotAskedForAgain() {
    download();
    server.asked().clear();
    isThere(download());
    assertThat(server.asked()).singleElement().extracting(FakeHub.Asked::path).isEqualTo("/api/models/org/name/revision/main");
  }

  @Test
  void aBlobOfAnotherCommitIsUsed() throws IOException {
    Files.createDirectories(folder().resolve("blobs"));
    Files.write(folder().resolve("blobs").resolve(ETAG), WEIGHTS);
    isThere(download());
    assertThat(ranges()).isEmpty();
  }

  @Test
  void aBlobThatWasCutOffIsReplaced() throws IOException {
    Files.createDirectories(folder().resolve("blobs"));
    Files.write(folder().resolve("blobs").resolve(ETAG), bytes(7));
    isThere(download());
  }

  @Test
  void whereThereAreNoLinksItIsACopy() throws IOException {
    Path blob = Files.write(home.resolve("blob"), WEIGHTS);
    Cache.copy(blob, home.resolve("pointer"));
    assertThat(home.resolve("pointer")).hasBinaryContent(WEIGHTS).isRegularFile();
    assertThat(home).isDirectoryNotContaining("glob:**.part");
  }

  @Test
  void aBrokenConnectionIsTakenUpWhereItBroke() {
    server.fault("model.safetensors", server.drop(70_000), server.drop(0), server.drop(100_001));
    isThere(download());
    assertThat(ranges()).hasSize(4).startsWith((String) null).last().asString().matches("bytes=\\d{5,}-");
  }

  @Test
  void aConnectionThatAlwaysBreaksIsGivenUpAndWhatCameIsKept() {
    server.fault("model.safetensors", server.drop(50_000), server.drop(0), server.drop(0), server.drop(0), server.drop(0));
    assertThatThrownBy(this::download).isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("downloading the model org/name broke off (").hasMessageEndingWith("what has come is kept, try again to go on");
    assertThat(folder().resolve("blobs").resolve(ETAG + ".incomplete")).isNotEmptyFile();
    assertThat(folder().resolve("snapshots")).doesNotExist();
    isThere(download());
    assertThat(ranges().get(5)).startsWith("bytes=");
  }

  @Test
  void aConnectionThatBringsNothingIsBroken() {
    server.fault("model.safetensors", server.stall(50_000, 60_000));
    isThere(new Hub(server.environment(home), SOON).download(hub().find(MODEL).orElseThrow(), FILES));
    assertThat(ranges()).hasSizeGreaterThan(1).startsWith((String) null).last().asString().matches("bytes=[1-9]\\d*-");
  }

  @Test
  void aServerThatKnowsNoRangesSendsAllAgain() {
    server.fault("model.safetensors", server.drop(50_000), server.ignoreRange());
    isThere(download());
  }

  @Test
  void anotherRangeIsNotTaken() {
    server.fault("model.safetensors", server.drop(50_000), server.otherRange());
    isThere(download());
    assertThat(ranges()).hasSize(3).last().isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"model.safetensors", "config.json"})
  void aCorruptedFileIsRefused(String file) {
    server.fault(file, server.corrupt());
    assertThatThrownBy(this::download).isInstanceOf(IllegalStateException.class)
        .hasMessageContainingAll(file, "does not have the checksum", "nothing of it was kept");
    assertThat(folder().resolve("snapshots")).doesNotExist();
    String etag = file.equals("config.json") ? FakeHub.etag("{}".getBytes()) : ETAG;
    assertThat(folder().resolve("blobs")).isDirectoryNotContaining(each -> each.getFileName().toString().startsWith(etag));
    isThere(download());
  }

  @Test
  void aPartThatWasDamagedOnDiskIsFetchedAgain() throws IOException {
    Files.createDirectories(folder().resolve("blobs"));
    Files.write(folder().resolve("blobs").resolve(ETAG + ".incomplete"), bytes(100_000));
    isThere(download());
    assertThat(ranges()).containsExactly("bytes=100000-", null);
  }

  @Test
  void aPartThatIsTooLongIsFetchedAgain() throws IOException {
    Files.createDirectories(folder().resolve("blobs"));
    Files.write(folder().resolve("blobs").resolve(ETAG + ".incomplete"), bytes(WEIGHTS.length + 1));
    isThere(download());
  }

  @Test
  void anEtagThatChangesIsAnError() {
    server.fault("config.json", FakeHub.etag("1".repeat(40)));
    assertThatThrownBy(this::download).isInstanceOf(IllegalStateException.class).hasMessageContaining("config.json changed on localhost");
    assertThat(folder().resolve("snapshots")).doesNotExist();
    isThere(download());
  }

  @ParameterizedTest
  @CsvSource({"429", "500", "503"})
  void aBusyServerIsAskedAgain(int status) {
    server.fault("model.safetensors", FakeHub.status(status, "Retry-After", "0"), FakeHub.status(status));
    isThere(download());
  }

  @Test
  void aServerThatWantsMuchPatienceIsNotWaitedFor() {
    server.fault("model.safetensors", FakeHub.status(429, "Retry-After", "4000"));
    assertThatThrownBy(this::download).hasMessageContaining("429 (too many requests, it asks to wait 4000 s)");
  }

  @Test
  void theTokenGoesToTheHubAndNowhereElse() {
    Hub hub = hub("HF_TOKEN", " hf_secret\n");
    isThere(hub.download(hub.find(MODEL).orElseThrow(), FILES));
    assertThat(server.asked()).filteredOn(each -> !each.cdn()).isNotEmpty().allMatch(each -> "Bearer hf_secret".equals(each.authorization()));
    assertThat(server.asked()).filteredOn(FakeHub.Asked::cdn).isNotEmpty().allMatch(each -> each.authorization() == null);
  }

  @Test
  void theTokenOfTheTokenFileIsUsed() throws IOException {
    Files.writeString(home.resolve("token"), "hf_saved\n");
    hub().find(MODEL);
    assertThat(server.asked().get(0).authorization()).isEqualTo("Bearer hf_saved");
  }

  @Test
  void aTokenThatIsNoneIsNotShown() {
    assertThatThrownBy(() -> hub("HF_TOKEN", "hf_se cret")).hasMessageContaining("HF_TOKEN").hasMessageNotContaining("cret");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "https://a.org    | https://a.org:443/x | true",
      "https://a.org    | https://A.org/x     | true",
      "https://a.org    | http://a.org/x      | false",
      "https://a.org    | https://a.org:444/x | false",
      "https://a.org    | https://b.a.org/x   | false",
      "http://a.org:80  | http://a.org/x      | true",
      "http://a.org:81  | http://a.org/x      | false"})
  void theHubsOriginIsSchemeHostAndPort(String endpoint, String address, boolean own) {
    Client client = new Client(Settings.of(Map.of("HF_ENDPOINT", endpoint)), QUICK);
    assertThat(client.own(java.net.URI.create(address))).isEqualTo(own);
  }

  @Test
  void offlineTheCacheIsUsed() {
    assertThatThrownBy(() -> hub("HF_HUB_OFFLINE", "1").find(MODEL)).isInstanceOf(IllegalStateException.class)
        .hasMessageContainingAll("the model org/name is not in the cache", home.toString(), "HF_HUB_OFFLINE is set", "secateur fetch");
    download();
    server.close();
    Hub offline = hub("HF_HUB_OFFLINE", "true");
    isThere(offline.download(offline.find(MODEL).orElseThrow(), FILES));
    assertThatThrownBy(() -> offline.download(offline.find(MODEL).orElseThrow(), List.of("config.json", "b.json")))
        .hasMessageContainingAll("not complete in the cache", "b.json is missing");
  }

  @Test
  void withoutANetworkTheCacheIsUsed() {
    download();
    server.close();
    isThere(download());
  }

  @Test
  void withoutANetworkAndWithoutTheCacheThereIsOneSentence() {
    server.close();
    assertThatThrownBy(this::download).isInstanceOf(IllegalStateException.class)
        .hasMessageContainingAll("the model org/name is not in the cache", "localhost", "cannot be reached (");
  }

  @Test
  void aPageOfAProxyIsNoList() {
    server.answer("/api/models/org/name/revision/main", 200, "", "<html>log in</html>");
    assertThatThrownBy(this::download).hasMessageContaining("its answer is not the JSON that was expected");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "401 | GatedRepo        | the model org/name is gated: accept its terms at ENDPOINT/org/name, then set HF_TOKEN",
      "403 | GatedRepo        | the model org/name is gated: accept its terms at ENDPOINT/org/name, then set HF_TOKEN",
      "404 | RevisionNotFound | has no revision 'main' of org/name",
      "403 | ''               | refuses the model org/name; look at ENDPOINT/org/name",
      "418 | ''               | answers 418 to list of files of the model org/name"})
  void refusalsAreOneSentence(int status, String code, String sentence) {
    server.answer("/api/models/org/name/revision/main", status, code, "");
    assertThatThrownBy(() -> hub().find(MODEL)).isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(sentence.replace("ENDPOINT", server.endpoint()));
  }

  @Test
  void aBadTokenIsSaid() {
    server.answer("/api/models/org/name/revision/main", 401, "", "");
    assertThat(hub().find(MODEL)).isEmpty();
    assertThatThrownBy(() -> hub("HF_TOKEN", "hf_old").find(MODEL)).hasMessageContaining("does not accept your token");
  }

  @Test
  void aMissingFileIsNamed() {
    assertThatThrownBy(() -> hub().download(hub().find(MODEL).orElseThrow(), List.of("b.json")))
        .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("the model org/name has no b.json on localhost");
  }

  @Test
  void anUnknownRepositoryIsEmpty() {
    assertThat(hub().find(Repository.of(Repository.Kind.MODEL, "no/such"))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"../x", "a/../../x", "/etc/passwd", "a\\..\\x", "C:/x", "a//b", "..", "", "a\nb"})
  void aNameThatLeadsOutOfTheCacheIsRefused(String file) {
    Listing listing = hub().find(MODEL).orElseThrow();
    assertThatThrownBy(() -> hub().download(listing, List.of(file))).isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("may lead out of the cache");
  }

  @Test
  void anEtagThatLeadsOutOfTheCacheIsRefused() {
    assertThatThrownBy(() -> new Cache(home, MODEL).blob("../../x")).hasMessageContaining("may lead out of the cache");
  }

  @ParameterizedTest
  @ValueSource(strings = {"name", "a/b/c", "../b", "a/..", "a--b/c", "/a/b", "a/b@", "a/b@../x", "a/b@x y", "a b/c", "a/b.git", "./a"})
  void aNameThatIsNoneIsRefused(String id) {
    assertThatThrownBy(() -> Repository.of(Repository.Kind.MODEL, id)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("allowed");
  }

  @Test
  void aDiskThatIsTooSmallIsSaidBeforeAnythingIsFetched() {
    server.size("model.safetensors", 1L << 60);
    assertThatThrownBy(this::download).isInstanceOf(IllegalStateException.class)
        .hasMessageContainingAll("the model org/name needs 1152921.5 TB more in " + home.resolve("hub"), "are free");
    assertThat(server.asked()).noneMatch(each -> each.method().equals("GET") && each.path().contains("/resolve/"));
  }

  @Test
  void aCancelStopsItAtOnceAndItGoesOnLater() {
    FakeHub.Fault stalled = server.stall(50_000, 60_000);
    server.fault("model.safetensors", (exchange, content, from) -> {
      Progress.cancel();
      return stalled.answer(exchange, content, from);
    });
    assertThatThrownBy(this::download).isInstanceOf(CancellationException.class);
    Progress.reset();
    isThere(download());
  }

  @Test
  void filesOfTheSameContentAreFetchedOnce() throws IOException {
    server.file("org/name", "copy.safetensors", WEIGHTS);
    Path snapshot = hub().download(hub().find(MODEL).orElseThrow(), List.of("copy.safetensors", "model.safetensors"));
    assertThat(snapshot.resolve("copy.safetensors")).hasBinaryContent(WEIGHTS);
    assertThat(ranges()).hasSize(1);
  }
}
