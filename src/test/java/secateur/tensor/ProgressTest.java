package secateur.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ProgressTest {

  private final List<Progress.State> seen = new ArrayList<>();

  @BeforeEach
  void listen() {
    Progress.listener(seen::add);
  }

  @AfterEach
  void reset() {
    Progress.listener(state -> {});
    Progress.reset();
  }

  private Progress.State last() {
    return seen.get(seen.size() - 1);
  }

  @Test
  void theFirstStepIsShown() {
    try (Progress work = Progress.of("work", 4)) {
      work.step("one");
      assertThat(last().task()).isEqualTo("work");
      assertThat(last().done()).isEqualTo(0.25);
      assertThat(last().figure()).isEqualTo("one");
      assertThat(last().left()).isNotNull();
    }
  }

  @Test
  void theEndIsShownOnceAndComplete() {
    try (Progress work = Progress.of("work", 3)) {
      work.step();
    }
    assertThat(seen).filteredOn(state -> state.done() == 1).hasSize(1);
    assertThat(last().done()).isEqualTo(1);
    assertThat(last().left()).isZero();
  }

  @Test
  void anInnerTaskFillsOneStepOfTheOuter() {
    try (Progress outer = Progress.of("outer", 2); Progress inner = Progress.of("inner", 4)) {
      inner.step();
      assertThat(last().task()).isEqualTo("outer: inner");
      assertThat(last().done()).isEqualTo(0.125);
    }
  }

  @Test
  void theEndOfAnInnerTaskIsNotTheEnd() {
    try (Progress outer = Progress.of("outer", 2)) {
      try (Progress inner = Progress.of("inner", 1)) {
        inner.step();
      }
      assertThat(seen).noneMatch(state -> state.done() == 1);
    }
  }

  @Test
  void aHundredThousandStepsAreFewUpdates() {
    try (Progress work = Progress.of("work", 100_000)) {
      for (int i = 0; i < 100_000; i++) {
        work.step();
      }
    }
    assertThat(seen).hasSizeBetween(2, 1000);
  }

  @Test
  void moreStepsThanAnnouncedDoNotExceedTheWhole() {
    try (Progress work = Progress.of("work", 1)) {
      work.step();
      work.step();
    }
    assertThat(seen).allMatch(state -> state.done() <= 1);
  }

  @Test
  void aCancelStopsTheNextStep() {
    try (Progress work = Progress.of("work", 3)) {
      work.step();
      Progress.cancel();
      assertThatThrownBy(work::step).isInstanceOf(CancellationException.class);
    }
  }

  @Test
  void aCancelStopsNewWorkUntilItIsForgotten() {
    Progress.cancel();
    assertThatThrownBy(() -> Progress.of("work", 1)).isInstanceOf(CancellationException.class);
    Progress.reset();
    Progress.of("work", 1).close();
  }

  @Test
  void anInterruptedThreadStops() {
    Thread.currentThread().interrupt();
    assertThatThrownBy(Progress::check).isInstanceOf(CancellationException.class);
    assertThat(Thread.interrupted()).isTrue();
  }
}
