package secateur.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import secateur.hub.FakeHub;

/** The command in a process of its own, with an environment of its own. */
class FetchTest {

  private static final int KILLS = 20;
  private static final byte[] WEIGHTS = new byte[12_000_000];
  private static final int PART = WEIGHTS.length / (KILLS + 4); // that comes before a kill

  static {
    new Random(5).nextBytes(WEIGHTS);
  }

  @TempDir
  private Path home;

  private Process fetch(FakeHub server, String... arguments) throws IOException {
    List<String> command = Stream.concat(Stream.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xshare:auto",
        "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"), Main.class.getName(), "fetch"), Stream.of(arguments)).toList();
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(new File(home.toFile(), "log"));
    builder.environment().putAll(server.environment(home));
    return builder.start();
  }

  private static FakeHub server() {
    return new FakeHub().file("org/name", "config.json", "{}").file("org/name", "model.safetensors", WEIGHTS)
        .file("org/name", "pytorch_model.bin", "pickle").file("datasets/org/rows", "test.jsonl", "{\"text\": \"x\"}");
  }

  @Test
  void aDownloadThatIsKilledTwentyTimesIsByteIdentical() throws Exception {
    try (FakeHub server = server().slow(2)) {
      for (int i = 0; i < KILLS; i++) {
        server.fault("model.safetensors", server.stall(PART, 600_000)); // alive when it is killed, however long that takes
      }
      Path part = home.resolve("hub/models--org--name/blobs/" + FakeHub.etag(WEIGHTS) + ".incomplete");
      for (int more : new Random(1).ints(KILLS, 1, PART / 2).toArray()) {
        long point = bytes(part) + more;
        Process process = fetch(server, "org/name");
        while (bytes(part) < point) {
          assertThat(process.isAlive()).as(() -> log()).isTrue();
          LockSupport.parkNanos(1_000_000);
        }
        process.destroyForcibly().waitFor();
      }
      Process last = fetch(server, "org/name");
      assertThat(last.waitFor(2, TimeUnit.MINUTES)).isTrue();
      assertThat(last.exitValue()).as(this::log).isZero();
      Path snapshot = home.resolve("hub/models--org--name/snapshots/" + FakeHub.COMMIT);
      assertThat(log()).contains(snapshot.toString());
      assertThat(snapshot.resolve("model.safetensors")).hasBinaryContent(WEIGHTS);
      assertThat(part).doesNotExist();
      assertThat(server.asked()).filteredOn(each -> each.cdn() && each.range() != null).hasSize(KILLS);
      assertThat(server.asked()).noneMatch(each -> each.path().endsWith(".bin"));
    }
  }

  private static long bytes(Path file) throws IOException {
    return Files.exists(file) ? Files.size(file) : 0;
  }

  @Test
  void aDatasetIsFetched() throws Exception {
    try (FakeHub server = server()) {
      assertThat(fetch(server, "--dataset", "org/rows:test").waitFor()).as(this::log).isZero();
      assertThat(log().strip()).endsWith("datasets--org--rows/snapshots/" + FakeHub.COMMIT + "/test.jsonl");
    }
  }

  private String log() {
    try {
      return Files.readString(home.resolve("log"));
    } catch (IOException e) {
      return e.toString();
    }
  }
}
