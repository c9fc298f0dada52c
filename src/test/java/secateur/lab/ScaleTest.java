package secateur.lab;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ScaleTest {

  @Test
  void sharesAreBlueByValue() {
    assertThat(Scale.SHARE.background(0)).isEmpty();
    assertThat(Scale.SHARE.background(50)).isEqualTo("rgba(0,114,178,0.20)");
    assertThat(Scale.SHARE.background(100)).isEqualTo("rgba(0,114,178,0.40)");
    assertThat(Scale.SHARE.background(Double.NaN)).isEmpty();
  }

  @Test
  void whatIsWorseIsWarmByItsLogarithm() {
    assertThat(Scale.WORSE.background(-20)).isEmpty();
    assertThat(Scale.WORSE.background(0)).isEmpty();
    assertThat(Scale.WORSE.background(1)).isEmpty();
    assertThat(Scale.WORSE.background(10)).isEqualTo("rgba(213,94,0,0.15)");
    assertThat(Scale.WORSE.background(100)).isEqualTo("rgba(213,94,0,0.30)");
    assertThat(Scale.WORSE.background(1000)).isEqualTo("rgba(213,94,0,0.45)");
    assertThat(Scale.WORSE.background(1e9)).isEqualTo("rgba(213,94,0,0.45)");
    assertThat(Scale.WORSE.background(Double.POSITIVE_INFINITY)).isEqualTo("rgba(213,94,0,0.45)");
  }

  @Test
  void aValueIsHeldAgainstItsReference() {
    assertThat(Scale.above(8).background(8)).isEmpty();
    assertThat(Scale.above(8).background(16)).isEqualTo("rgba(213,94,0,0.30)");
    assertThat(Scale.above(8).background(4)).isEmpty();
  }
}
