package secateur.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import secateur.text.TokenFile;
import secateur.text.Tokenizer;

/** Students of a tiny teacher, taught in every way. */
class DistillationCommandTest {

  @TempDir
  static Path folder;

  private static String tiny;
  private static String tokens;

  @BeforeAll
  static void model() throws IOException {
    tiny = TinyModel.in(folder.resolve("tiny")).toString();
    Path file = folder.resolve("train.u16");
    TokenFile.write(file, Stream.generate(() -> "int max(int a, int b) { return a > b ? a : b; }\n").limit(300), Tokenizer.load(Path.of(tiny)));
    tokens = file.toString();
  }

  private static String run(int code, String... more) {
    List<String> arguments = new ArrayList<>(List.of("bench-distillation", tiny, "--tokens", tokens, "--shares", "0.5", "--steps", "4", "--batch", "2",
        "--windows", "4", "--length", "64", "--prompt", "8", "--written", "25"));
    arguments.addAll(List.of(more));
    PrintStream out = System.out;
    PrintStream err = System.err;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (PrintStream both = new PrintStream(bytes, true, StandardCharsets.UTF_8)) {
      System.setOut(both);
      System.setErr(both);
      assertThat(Main.run(arguments.toArray(String[]::new))).as(bytes.toString(StandardCharsets.UTF_8)).isEqualTo(code);
      return bytes.toString(StandardCharsets.UTF_8);
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
  }

  @Test
  void everyWayHasARowOfAsManyTokens() throws IOException {
    Path csv = folder.resolve("new/all.csv");
    String said = run(0, "--csv", csv.toString());
    assertThat(said.replaceAll("\\s+", " ")).contains("Device: ", "cross-entropy: perplexity", "Protocol: java:test (sha256 ", "4 steps of 2 windows of 512 tokens of train.u16",
        "in the last 1 after");
    List<String> rows = Files.readAllLines(csv);
    assertThat(rows.get(0)).startsWith("student,method,params M,tokens M,perplexity,");
    assertThat(rows.get(1)).startsWith("teacher,,");
    assertThat(rows.subList(2, 8)).allSatisfy(row -> assertThat(row).contains("," + 4 * 2 * 512 / 1e6 + ","));
    assertThat(rows.subList(2, 8)).extracting(row -> row.replaceAll(",[\\d.]+,.*", "")).containsExactly("50.0%,cross-entropy", "50.0%,\"KD, forward KL\"",
        "50.0%,\"KD, reverse KL\"", "50.0%,sequence KD", "50.0%,\"KD, then MiniLLM\"", "50.0%,\"KD, then GKD\"");
    assertThat(rows).hasSize(8);
  }

  @Test
  void studentsMayBeginWithTheTeachersWeights() {
    assertThat(run(0, "--from", "BLOCKS", "--shares", "0.9", "--methods", "CROSS_ENTROPY", "--own-steps", "9")).contains("90.0% cross-entropy: perplexity");
    assertThat(run(0, "--from", "CHANNELS", "--methods", "REVERSE_KL")).contains("50.0% KD, reverse KL: perplexity");
  }

  @Test
  void whatFailsLosesNothing() throws IOException {
    Path csv = folder.resolve("some.csv");
    String said = run(2, "--own-texts", "7", "--methods", "CROSS_ENTROPY,MINILLM,GKD", "--csv", csv.toString());
    assertThat(said).contains("failed: 7 texts in steps of 16", "Protocol: java:test");
    assertThat(Files.readAllLines(csv)).hasSize(4).anyMatch(row -> row.contains("GKD"));
  }

  @Test
  void refusesWhatCannotBe() {
    assertThat(run(2, "--own-steps", "4")).contains("--own-steps is 4 of 4 steps");
    assertThat(run(2, "--rate", "2")).contains("the peak rate is 2.0");
    assertThat(run(2, "--methods", "POETRY")).contains("--methods", "POETRY");
  }
}
