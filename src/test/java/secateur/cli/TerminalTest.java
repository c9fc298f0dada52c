package secateur.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import secateur.tensor.Curves;
import secateur.tensor.Progress.Stage;
import secateur.tensor.Progress.State;

class TerminalTest {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  private Terminal terminal(boolean inPlace) {
    return new Terminal(new PrintStream(bytes, true, StandardCharsets.UTF_8), 60, inPlace);
  }

  private String shown() {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private static State running(String task, double done, String figure, Duration left, Curves curves) {
    return new State(task, done, figure, Duration.ofSeconds(5), left, Stage.RUNNING, curves);
  }

  private static State ended(Stage stage, double done, Duration spent) {
    return new State("work", done, "perplexity 6.21", spent, null, stage, null);
  }

  @Test
  void updatesOneLineInPlaceThatFits() {
    Terminal terminal = terminal(true);
    terminal.update(running("comparing 9 methods: measuring Wanda 50% + GPTQ 4-bit", 0.5, "perplexity 6.21", Duration.ofSeconds(77), null));
    assertThat(shown()).startsWith("\r██████░░░░░░  50% comparing").endsWith("…, about 1 min 20 s left\u001b[K").doesNotContain("\n");
    assertThat(shown().replace("\u001b[K", "").strip()).hasSizeLessThan(60);
  }

  @Test
  void theCurveStandsInTheLine() {
    Curves curves = new Curves("tokens", "loss");
    for (int i = 0; i < 8; i++) {
      curves.point("training", i, 9 - i);
      curves.point("held out", i, 100);
    }
    terminal(true).update(running("training", 0.25, "loss 2.0", null, curves));
    assertThat(shown()).isEqualTo("\r███░░░░░░░░░  25% training █▇▆▅▄▃▂▁ · loss 2.0\u001b[K");
  }

  @Test
  void theEndSaysHowItEnded() {
    terminal(true).update(ended(Stage.DONE, 1, Duration.ofSeconds(20)));
    assertThat(shown()).isEqualTo("\r\u001b[Kwork: done in 20 s, perplexity 6.21\n");
    bytes.reset();
    terminal(true).update(ended(Stage.STOPPED, 0.437, Duration.ofSeconds(20)));
    assertThat(shown()).isEqualTo("\r\u001b[Kwork: stopped at 43% after 20 s, perplexity 6.21\n");
    bytes.reset();
    terminal(true).update(ended(Stage.DONE, 1, Duration.ofMillis(900)));
    assertThat(shown()).isEqualTo("\r\u001b[K");
  }

  @Test
  void aNoticeHasLinesOfItsOwn() {
    terminal(true).notice("the terms of some providers forbid training on what their models say");
    assertThat(shown()).isEqualTo("\r\u001b[Kthe terms of some providers forbid training on what their\nmodels say\n");
    bytes.reset();
    terminal(false).notice("the terms of some");
    assertThat(shown()).isEqualTo("the terms of some\n");
  }

  @Test
  void aPipeGetsALineEveryTenth() {
    Terminal terminal = terminal(false);
    for (int i = 1; i < 100; i++) {
      terminal.update(running("work", i / 100.0, i == 20 ? "loss 2" : "", null, null));
    }
    terminal.update(ended(Stage.DONE, 1, Duration.ofMillis(1)));
    assertThat(shown().lines()).hasSizeBetween(8, 10).contains("work 10%").allSatisfy(line -> assertThat(line).doesNotContain("\r"));
    assertThat(shown()).contains("work 20%, loss 2\n");
  }
}
