package secateur.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import secateur.tensor.Curves;

class SparklineTest {

  @Test
  void isAsHighAsTheMeanOfEachTwelfth() {
    double[] falling = IntStream.range(0, 1200).mapToDouble(i -> (1199 - i) / 100 + (i % 2) * 1000).toArray();
    assertThat(Sparkline.of(falling)).isEqualTo("█▇▇▆▅▅▄▄▃▂▂▁");
  }

  @Test
  void fewPointsAreFewCharacters() {
    assertThat(Sparkline.of(new double[] {1, 8, 1})).isEqualTo("▁█▁");
    assertThat(Sparkline.of(new double[] {3, 3})).isEqualTo("▁▁");
  }

  @Test
  void nothingToDrawIsNothing() {
    Curves curves = new Curves("x", "y");
    assertThat(Sparkline.of((Curves) null)).isEmpty();
    assertThat(Sparkline.of(curves)).isEmpty();
    curves.point("a", 0, 1);
    assertThat(Sparkline.of(curves)).isEmpty();
    curves.point("a", 1, 0);
    assertThat(Sparkline.of(curves)).isEqualTo(" █▁");
  }
}
