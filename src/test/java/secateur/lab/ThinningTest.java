package secateur.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ThinningTest {

  @Test
  void fewPointsStay() {
    assertThat(Thinning.kept(new double[500], 500)).containsExactly(IntStream.range(0, 500).toArray());
    assertThat(Thinning.kept(new double[0], 500)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {501, 502, 999, 1000, 20_000})
  void endsAndExtremesStay(int size) {
    double[] y = IntStream.range(0, size).mapToDouble(i -> Math.sin(i * 0.37)).toArray();
    y[size / 3] = 50;
    y[size / 2] = -50;
    int[] kept = Thinning.kept(y, 500);
    assertThat(kept).hasSizeBetween(250, 500).isSorted().doesNotHaveDuplicates().contains(0, size / 3, size / 2, size - 1);
  }

  @Test
  void gapsDoNotHideWhatIsBesideThem() {
    double[] y = DoubleStream.generate(() -> Double.NaN).limit(1000).toArray();
    y[3] = 4;
    y[900] = -1;
    assertThat(Arrays.stream(Thinning.at(Thinning.kept(y, 100), y)).filter(Double::isFinite)).containsExactly(4.0, -1.0);
  }
}
