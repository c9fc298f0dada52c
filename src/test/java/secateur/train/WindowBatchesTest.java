package secateur.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WindowBatchesTest {

  private static final long[][] IDS = {{0, 1, 2}, {1, 2, 3}, {2, 3, 4}, {3, 4, 5}, {4, 5, 6}};

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5, 8})
  void everyRoundVisitsEachWindowOnceInAnotherOrder(int rows) {
    WindowBatches batches = new WindowBatches(IDS, rows, 7);
    List<List<Long>> rounds = new ArrayList<>();
    for (int round = 0; round < 4; round++) {
      List<Long> firsts = new ArrayList<>();
      for (int at = round * IDS.length; at < (round + 1) * IDS.length; at++) {
        firsts.add(batches.batch(at / rows)[at % rows][0]);
      }
      assertThat(firsts).containsExactlyInAnyOrder(0L, 1L, 2L, 3L, 4L);
      rounds.add(firsts);
    }
    assertThat(rounds).doesNotHaveDuplicates();
    assertThat(batches.tokens()).isEqualTo(2L * rows);
  }

  @Test
  void aBatchIsTheSameWheneverItIsAskedFor() {
    WindowBatches batches = new WindowBatches(IDS, 3, 7);
    long[][] second = batches.batch(1);
    batches.batch(40);
    assertThat(batches.batch(1)).isDeepEqualTo(second);
    assertThat(new WindowBatches(IDS, 5, 8).batch(0)).isNotEqualTo(new WindowBatches(IDS, 5, 7).batch(0));
  }

  @Test
  void nothingToTrainOnIsRefused() {
    assertThatThrownBy(() -> new WindowBatches(IDS, 0, 0)).hasMessageContaining("batches of 0");
    assertThatThrownBy(() -> new WindowBatches(new long[0][], 1, 0)).hasMessageContaining("out of 0 windows");
  }
}
