package secateur.train;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import secateur.file.Safetensors;

class KilledTrainingTest {

  private static final int KILLS = 4;

  @TempDir
  Path folder;

  @Test
  void aTrainingKilledAgainAndAgainEndsWithTheSameWeights() throws Exception {
    Path checkpoint = folder.resolve("training.safetensors");
    Path result = folder.resolve("killed.safetensors");
    Random random = new Random(1);
    int kills = 0;
    for (int i = 1; i <= KILLS; i++) {
      int reach = i * LoraProcess.STEPS / (KILLS + 2);
      Process process = start(checkpoint, result, "endless");
      while (process.isAlive() && steps(checkpoint) < reach) {
        LockSupport.parkNanos(2_000_000);
      }
      LockSupport.parkNanos(random.nextInt(20_000_000)); // anywhere in a step, or in writing the file
      kills += process.isAlive() ? 1 : 0;
      process.destroyForcibly().waitFor();
    }
    assertThat(kills).as(this::log).isEqualTo(KILLS);
    assertThat(result).doesNotExist();
    assertThat(steps(checkpoint)).isBetween(LoraProcess.STEPS / 2, LoraProcess.STEPS - 1);
    Process last = start(checkpoint, result);
    assertThat(last.waitFor(10, TimeUnit.MINUTES)).isTrue();
    assertThat(last.exitValue()).as(this::log).isZero();
    Process whole = start(folder.resolve("other.safetensors"), folder.resolve("whole.safetensors"));
    assertThat(whole.waitFor(10, TimeUnit.MINUTES)).isTrue();
    assertThat(result).hasSameBinaryContentAs(folder.resolve("whole.safetensors"));
  }

  /** How far the checkpoint is; it is replaced in one step, so that it can be read at any time. */
  private static int steps(Path checkpoint) {
    if (!Files.exists(checkpoint)) {
      return 0;
    }
    try (NDArray step = Safetensors.open(checkpoint).read("step")) {
      return (int) step.toLongArray()[0];
    }
  }

  private Process start(Path checkpoint, Path result, String... more) throws IOException {
    List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xshare:auto",
        "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"), LoraProcess.class.getName(), checkpoint.toString(),
        result.toString()));
    command.addAll(List.of(more));
    return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(folder.resolve("log").toFile()).start();
  }

  private String log() {
    try {
      return Files.readString(folder.resolve("log"));
    } catch (IOException e) {
      return e.toString();
    }
  }
}
