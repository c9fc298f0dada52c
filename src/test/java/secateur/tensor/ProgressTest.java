package secateur.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import secateur.tensor.Progress.Stage;

class ProgressTest {

  private static final long SECOND = 1_000_000_000;

  private final List<Progress.State> seen = new ArrayList<>();
  private long now = 77;
  private final Tasks tasks = new Tasks(() -> now);

  @BeforeEach
  void listen() {
    tasks.listener(seen::add);
  }

  @AfterEach
  void reset() {
    Progress.listener(state -> {});
    Progress.reset();
  }

  private Progress.State last() {
    return seen.get(seen.size() - 1);
  }

  private void step(Progress work, double seconds, String figure) {
    now += (long) (seconds * SECOND);
    work.step(figure);
  }

  @Test
  void aTaskIsShownBeforeItsFirstStep() {
    tasks.open("work", 4, 0);
    assertThat(last().text()).isEqualTo("work 0%");
    assertThat(last().left()).isNull();
  }

  @Test
  void aStepShowsWhatIsDoneAndWhatIsLeft() {
    step(tasks.open("work", 4, 0), 20, "loss 2.3");
    assertThat(last().done()).isEqualTo(0.25);
    assertThat(last().spent()).hasSeconds(20);
    assertThat(last().left()).hasSeconds(60);
    assertThat(last().stage()).isEqualTo(Stage.RUNNING);
    assertThat(last().text()).isEqualTo("work 25%, loss 2.3, about 1 min left");
  }

  @Test
  void workThatGoesOnIsNotFasterThanItIs() {
    step(tasks.open("work", 10, 8), 20, "");
    assertThat(last().done()).isEqualTo(0.9);
    assertThat(last().left()).hasSeconds(20);
  }

  @Test
  void allStepsDoneIsDone() {
    try (Progress work = tasks.open("work", 2, 0)) {
      step(work, 1, "");
      step(work, 76, "loss 2.1");
      assertThat(last().done()).isLessThan(1);
    }
    assertThat(last().stage()).isEqualTo(Stage.DONE);
    assertThat(last().done()).isEqualTo(1);
    assertThat(last().left()).isZero();
    assertThat(last().text()).isEqualTo("work: done in 1 min 20 s, loss 2.1");
    assertThat(seen).filteredOn(state -> state.stage() != Stage.RUNNING).hasSize(1);
  }

  @Test
  void aTaskThatFailsWasStopped() {
    assertThatThrownBy(() -> {
      try (Progress outer = tasks.open("outer", 2, 0); Progress inner = tasks.open("inner", 2, 0)) {
        step(inner, 5, "first");
        throw new ArithmeticException("expected");
      }
    }).isInstanceOf(ArithmeticException.class);
    assertThat(last().stage()).isEqualTo(Stage.STOPPED);
    assertThat(last().done()).isEqualTo(0.25);
    assertThat(last().text()).isEqualTo("outer: stopped at 25% after 5 s, first");
  }

  @Test
  void aTaskMaySayThatItIsDone() {
    try (Progress work = tasks.open("work", 9, 0)) {
      work.done();
    }
    assertThat(last().stage()).isEqualTo(Stage.DONE);
    assertThat(last().text()).isEqualTo("work: done");
  }

  @Test
  void noStepsAreDoneAtOnce() {
    tasks.open("work", 0, 0).close();
    assertThat(last().stage()).isEqualTo(Stage.DONE);
  }

  @Test
  void anInnerTaskFillsOneStepOfTheOuter() {
    Progress outer = tasks.open("outer", 2, 0);
    try (Progress inner = tasks.open("inner", 2, 0)) {
      step(inner, 1, "half");
      assertThat(last().task()).isEqualTo("outer: inner");
      assertThat(last().done()).isEqualTo(0.25);
    }
    assertThat(seen).allMatch(state -> state.stage() == Stage.RUNNING);
    step(outer, 1, "");
    assertThat(last().text()).isEqualTo("outer 50%, half, about 2 s left");
  }

  @Test
  void aSecondTaskKnowsNothingOfTheFirst() {
    try (Progress first = tasks.open("first", 1, 0)) {
      first.draw(new Curves("x", "y"));
      step(first, 9, "figure");
    }
    step(tasks.open("second", 2, 0), 1, "");
    assertThat(last()).isEqualTo(
        new Progress.State("second", 0.5, "", Duration.ofSeconds(1), Duration.ofSeconds(1), Stage.RUNNING, null));
  }

  @Test
  void updatesComeAtMostTenTimesASecond() {
    try (Progress work = tasks.open("work", 100_000, 0)) {
      for (int i = 0; i < 100_000; i++) {
        step(work, 1e-4, "");
      }
    }
    assertThat(seen).hasSize(1 + 100 + 1);
    for (int i = 1; i < seen.size() - 1; i++) {
      assertThat(seen.get(i).spent().minus(seen.get(i - 1).spent())).isGreaterThanOrEqualTo(Duration.ofMillis(100));
    }
  }

  @Test
  void moreStepsThanAnnouncedDoNotExceedTheWhole() {
    Progress work = tasks.open("work", 1, 0);
    step(work, 1, "");
    step(work, 1, "");
    assertThat(seen).allMatch(state -> state.done() < 1);
  }

  @Test
  void curvesReachTheFaceAsTheyGrow() {
    Curves curves = new Curves("tokens", "loss");
    Progress work = tasks.open("work", 2, 0);
    work.draw(curves);
    for (int i = 0; i < 200; i++) {
      curves.point("training", i, 2 * i);
    }
    curves.point("held out", 5, 6);
    step(work, 1, "");
    assertThat(last().curves().lines()).extracting(Curves.Line::name).containsExactly("training", "held out");
    assertThat(last().curves().lines().get(0).x()).hasSize(200).endsWith(198, 199);
    assertThat(last().curves().lines().get(0).y()).hasSize(200).endsWith(396, 398);
  }

  @Test
  void aCancelStopsTheNextStepWhichIsNotDone() {
    List<Progress.State> told = new ArrayList<>();
    Progress.listener(told::add);
    try (Progress work = Progress.of("work", 2)) {
      work.step();
      Progress.cancel();
      assertThatThrownBy(work::step).isInstanceOf(CancellationException.class);
    }
    assertThat(told.get(told.size() - 1).text()).matches("work: stopped at 50%( after \\d+ s)?");
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

  @ParameterizedTest
  @CsvSource({"200, 1 s", "7400, 7 s", "43000, 45 s", "77000, 1 min 20 s", "120000, 2 min", "7500000, 2 h 5 min"})
  void tellsTimeAsPeopleDo(long millis, String words) {
    assertThat(Progress.words(Duration.ofMillis(millis))).isEqualTo(words);
  }
}
