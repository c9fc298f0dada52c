package secateur;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import secateur.file.Safetensors;
import secateur.gguf.GgufFile;

/** A process that writes over its files again and again is killed a hundred times: each file is always a whole one, old or new. */
class KilledWriterTest {

  private static final int LANES = 2;
  private static final int KILLS = 50;
  private static final int LONGEST_MILLIS = 40;

  @TempDir
  private Path folder;

  /** What one lane saw: files left half written, and the number in the last whole file. */
  private record Seen(int halves, int last) {}

  @Test
  void theTargetIsTheOldOrTheNewFile() throws Exception {
    ExecutorService lanes = Executors.newFixedThreadPool(LANES);
    try {
      List<Callable<Seen>> work = List.of(() -> killed(1), () -> killed(2));
      int halves = 0;
      for (Future<Seen> each : lanes.invokeAll(work)) {
        assertThat(each.get().last()).isGreaterThan(KILLS);
        halves += each.get().halves();
      }
      assertThat(halves).as("kills in the middle of a file").isGreaterThan(LANES * KILLS / 10);
    } finally {
      lanes.shutdownNow();
    }
  }

  private Seen killed(int lane) throws IOException, InterruptedException {
    SplittableRandom random = new SplittableRandom(lane);
    Path place = Files.createDirectory(folder.resolve("lane" + lane));
    Path expected = Files.createDirectory(folder.resolve("expected" + lane));
    RepeatedWriter.gguf(place.resolve("a.gguf"), 0);
    RepeatedWriter.safetensors(place.resolve("a.safetensors"), 0);
    Seen seen = new Seen(0, 0);
    for (int i = 0; i < KILLS; i++) {
      killed(place, seen.last() + 1, random.nextInt(LONGEST_MILLIS));
      int gguf = (int) GgufFile.open(place.resolve("a.gguf")).metadata().whole("number");
      int safetensors = firstWord(place.resolve("a.safetensors"));
      RepeatedWriter.gguf(expected.resolve("a.gguf"), gguf);
      RepeatedWriter.safetensors(expected.resolve("a.safetensors"), safetensors);
      same(place, expected, "a.gguf");
      same(place, expected, "a.safetensors");
      assertThat(safetensors).isBetween(seen.last(), gguf);
      seen = new Seen(seen.halves() + leftovers(place), gguf);
    }
    return seen;
  }

  /** Starts a writer from {@code number} on and kills it {@code millis} after its first round. */
  private static void killed(Path place, int number, int millis) throws IOException, InterruptedException {
    Process writer = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xshare:auto",
        "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp", classes(GgufFile.class) + File.pathSeparator + classes(RepeatedWriter.class),
        RepeatedWriter.class.getName(), place.toString(), Integer.toString(number)).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    try {
      assertThat(writer.getInputStream().read()).isEqualTo('w');
      Thread.sleep(millis);
    } finally {
      writer.destroyForcibly().waitFor();
    }
  }

  private static String classes(Class<?> type) {
    return type.getProtectionDomain().getCodeSource().getLocation().getPath();
  }

  private static void same(Path place, Path expected, String file) throws IOException {
    assertThat(Files.mismatch(place.resolve(file), expected.resolve(file))).as("the first byte of %s that is another", file).isEqualTo(-1);
  }

  /** The number in every word of a file that is whole, as its header says. */
  private static int firstWord(Path file) throws IOException {
    Safetensors.Entry x = Safetensors.open(file).entries().get("x");
    try (var channel = Files.newByteChannel(file)) {
      var word = ByteBuffer.allocate(4);
      channel.position(x.begin()).read(word);
      return word.flip().getInt();
    }
  }

  /** Counts and removes what killed writers left beside their targets. */
  private static int leftovers(Path place) throws IOException {
    int count = 0;
    try (var all = Files.newDirectoryStream(place, ".*.part")) {
      for (Path part : all) {
        Files.delete(part);
        count++;
      }
    }
    return count;
  }
}
