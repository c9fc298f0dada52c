package secateur.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import secateur.model.Llm;

/** A task from pretraining to a comparison of students, as small as can be. */
class TaskCommandsTest {

  @TempDir
  Path folder;

  private static String run(int code, String... arguments) {
    PrintStream out = System.out;
    PrintStream err = System.err;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (PrintStream both = new PrintStream(bytes, true, StandardCharsets.UTF_8)) {
      System.setOut(both);
      System.setErr(both);
      assertThat(Main.run(arguments)).isEqualTo(code);
      return bytes.toString(StandardCharsets.UTF_8);
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
  }

  @Test
  void aTeacherIsTrainedMeasuredAndTeaches() throws IOException {
    String teacher = folder.resolve("teacher").toString();
    String trained = run(0, "pretrain", "--task", "coin-flips", "--levels", "1", "--out", teacher, "--steps", "150", "--batch", "16", "--every", "75",
        "--hidden", "64", "--layers", "2", "--examples", "500", "--rate", "0.005");
    assertThat(trained).contains("held-out loss", "accuracy", "(by level 1: ", "kept", "is in " + teacher);
    assertThat(folder.resolve("teacher/curve.tsv")).isNotEmptyFile();
    assertThat(folder.resolve("teacher/training.safetensors")).doesNotExist();
    String measured = run(0, "eval", teacher, "--task", "coin-flips", "--levels", "1", "--examples", "20", "--show", "1");
    assertThat(measured).contains("accuracy  ", "level 1  ", "coin-flips, levels 1 to 1, held out", "exact match", "greedy").doesNotContain("level 2");
    Path csv = folder.resolve("reasoning.csv");
    String taught = run(0, "bench-reasoning", teacher, "--task", "coin-flips", "--levels", "1", "--questions", "20", "--samples", "1", "--steps", "2", "--batch", "4",
        "--examples", "10", "--csv", csv.toString(), "--out", folder.resolve("students").toString());
    assertThat(taught).contains("rationales of", "student, fine-tuning direct 2 steps", "student, chain of thought 2 steps", "student, step by step 2 steps");
    assertThat(Files.readString(csv)).startsWith("model,params M,accuracy %,level 1 %").hasLineCount(5);
    try (Llm student = Llm.load(folder.resolve("students/chain-of-thought").toString())) {
      assertThat(student.tokenizer().size()).isEqualTo(student.spec().sizes().vocabulary());
    }
  }

  @Test
  void anUntrainedModelIsWritten() {
    String out = folder.resolve("untrained").toString();
    assertThat(run(0, "pretrain", "--task", "arithmetic", "--steps", "0", "--hidden", "32", "--layers", "1", "--out", out)).contains("untrained");
    Llm.load(out).close();
    assertThat(run(2, "pretrain", "--task", "arithmetic", "--steps", "0", "--hidden", "33", "--out", out)).contains("--hidden is 33");
    assertThat(run(2, "eval", out, "--task", "poetry")).contains("no task \"poetry\"");
    assertThat(run(2, "eval", out, "--task", "arithmetic", "--form", "verse")).contains("no form \"verse\"", "chain-of-thought");
    assertThat(run(2, "bench-reasoning", out)).contains("--task is missing");
  }
}
