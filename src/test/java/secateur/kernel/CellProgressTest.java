package secateur.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import secateur.tensor.Progress;

class CellProgressTest {

  @Test
  void saysWhatIsDoneAndWhatIsLeft() {
    assertThat(CellProgress.text(new Progress.State("SparseGpt", 0.439, "perplexity 12.3", Duration.ofSeconds(12))))
        .isEqualTo("SparseGpt 43%, perplexity 12.3, about 12 s left");
    assertThat(CellProgress.text(new Progress.State("load", 0, "", null))).isEqualTo("load 0%");
    assertThat(CellProgress.text(new Progress.State("load", 1, null, Duration.ZERO))).isEqualTo("load: done");
  }

  @Test
  void longTimesAreRounded() {
    assertThat(CellProgress.duration(Duration.ofMillis(10))).isEqualTo("1 s");
    assertThat(CellProgress.duration(Duration.ofSeconds(99))).isEqualTo("99 s");
    assertThat(CellProgress.duration(Duration.ofSeconds(200))).isEqualTo("3 min");
    assertThat(CellProgress.duration(Duration.ofHours(3))).isEqualTo("3.0 h");
  }

  @Test
  void theBarIsEscapedAndGoneAtTheEnd() {
    assertThat(CellProgress.html(new Progress.State("<x>", 0.5, "", null))).contains("width:50%", "&lt;x&gt; 50%");
    assertThat(CellProgress.html(new Progress.State("x", 1, "", null))).doesNotContain("width:100%");
  }
}
