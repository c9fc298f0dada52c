package secateur.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class MasksTest {

  private static final float NO = Float.NEGATIVE_INFINITY;

  @Test
  void slopesOfAPowerOfTwo() {
    // "for 8 heads the slopes are 1/2, 1/4, ..., 1/256" (Press et al., arXiv 2108.12409, section 3)
    assertThat(Masks.slopes(8)).containsExactly(1 / 2., 1 / 4., 1 / 8., 1 / 16., 1 / 32., 1 / 64., 1 / 128., 1 / 256.);
    assertThat(Masks.slopes(4)).containsExactly(1 / 4., 1 / 16., 1 / 64., 1 / 256.);
  }

  @Test
  void slopesOf16Heads() {
    double[] slopes = Masks.slopes(16); // "1/2^0.5, 1/2^1, 1/2^1.5, ..., 1/2^8"
    for (int h = 0; h < 16; h++) {
      assertThat(slopes[h]).isCloseTo(Math.pow(2, -(h + 1) / 2.), within(1e-15));
    }
  }

  @Test
  void slopesBetweenPowers() {
    // those of 4 heads, then the first, third, ... of 8, as the authors' code does
    assertThat(Masks.slopes(6)).containsExactly(1 / 4., 1 / 16., 1 / 64., 1 / 256., 1 / 2., 1 / 8.);
  }

  @Test
  void causal() {
    assertThat(Masks.causal(0, 3, 100)).containsExactly(
        0, NO, NO,
        0, 0, NO,
        0, 0, 0);
  }

  @Test
  void aWindowOfTwo() {
    assertThat(Masks.causal(0, 4, 2)).containsExactly(
        0, NO, NO, NO,
        0, 0, NO, NO,
        NO, 0, 0, NO,
        NO, NO, 0, 0);
  }

  @Test
  void tokensAfterACache() {
    assertThat(Masks.causal(2, 2, 3)).containsExactly(
        0, 0, 0, NO,
        NO, 0, 0, 0);
  }

  @Test
  void alibiGrowsWithTheKeyPosition() {
    assertThat(Masks.alibi(2, 0, 2, 0)).containsExactly(
        0, NO,
        0, 1 / 16f,
        0, NO,
        0, 1 / 256f);
  }

  @Test
  void bfloat16RoundsHalfToEven() {
    assertThat(Masks.bfloat16(1 + 1 / 256f)).isEqualTo(1);
    assertThat(Masks.bfloat16(1 + 3 / 256f)).isEqualTo(1 + 4 / 256f);
    assertThat(Masks.bfloat16(-0.1f)).isEqualTo(-0.10009765625f);
  }
}
