package secateur.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import secateur.tensor.Progress.State;

class TerminalTest {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  private Terminal terminal(boolean inPlace) {
    return new Terminal(new PrintStream(bytes, true, StandardCharsets.UTF_8), 60, inPlace);
  }

  private String shown() {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Test
  void updatesOneLineInPlaceThatFits() {
    Terminal terminal = terminal(true);
    terminal.update(new State("comparing 9 methods: measuring Wanda 50% + GPTQ 4-bit", 0.5, "perplexity 6.21", Duration.ofSeconds(77)));
    assertThat(shown()).startsWith("\r██████░░░░░░  50% comparing").endsWith("…, about 1 min 20 s left\u001b[K").doesNotContain("\n");
    assertThat(shown().replace("\u001b[K", "").strip()).hasSizeLessThan(60);
    terminal.update(new State("comparing", 1, "", Duration.ZERO));
    assertThat(shown()).endsWith("\r\u001b[K");
  }

  @Test
  void aPipeGetsALineEveryTenth() {
    Terminal terminal = terminal(false);
    for (int i = 1; i < 100; i++) {
      terminal.update(new State("work", i / 100.0, i == 15 ? "loss 2" : "", null));
    }
    terminal.update(new State("work", 1, "", Duration.ZERO));
    assertThat(shown().lines()).hasSizeBetween(8, 10).contains("work 10%").allSatisfy(line -> assertThat(line).doesNotContain("\r"));
    assertThat(shown()).contains("work 20%, loss 2\n");
  }

  @ParameterizedTest
  @CsvSource({"200, 1 s", "7400, 7 s", "43000, 45 s", "77000, 1 min 20 s", "120000, 2 min", "7500000, 2 h 5 min"})
  void tellsTimeAsPeopleDo(long millis, String words) {
    assertThat(Terminal.words(Duration.ofMillis(millis))).isEqualTo(words);
  }
}
