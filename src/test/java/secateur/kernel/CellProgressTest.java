package secateur.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import secateur.tensor.Curves;
import secateur.tensor.Progress;
import secateur.tensor.Progress.Stage;

class CellProgressTest {

  private static final long MS = 1_000_000;

  /** Notes what it is asked to show: {@code +} a new place, {@code =} the same one. */
  private final class Noting implements Screen {

    private final List<String> places = new ArrayList<>();

    @Override
    public void display(String id, Object value) {
      places.add(id);
      note("+", id, value);
    }

    @Override
    public void update(String id, Object value) {
      assertThat(places).contains(id);
      note("=", id, value);
    }

    private void note(String how, String id, Object value) {
      boolean picture = ((View) value).data().containsKey("image/png");
      now += picture ? cost : 0;
      shown.add(how + places.indexOf(id) + " " + (picture ? "picture" : ((View) value).text()));
    }

    @Override
    public void clear() {}

    @Override
    public void page(Object value) {}
  }

  private final List<String> shown = new ArrayList<>();
  private long now = 1;
  private long cost;
  private final CellProgress progress = new CellProgress(new Noting(), () -> now);

  private static Progress.State state(String task, double done, Stage stage, Curves curves) {
    return new Progress.State(task, done, "", Duration.ofMillis(10), null, stage, curves);
  }

  private static Curves curves() {
    Curves curves = new Curves("tokens", "loss");
    curves.point("training", 1, 2);
    curves.point("training", 2, 1);
    return curves;
  }

  @Test
  void isOneLineOfACell() {
    progress.update(state("a", 0.5, Stage.RUNNING, null));
    progress.update(state("a", 1, Stage.DONE, null));
    progress.update(state("b", 0.3, Stage.STOPPED, null));
    progress.newCell();
    progress.update(state("c", 0.5, Stage.RUNNING, null));
    assertThat(shown).containsExactly("+0 a 50%", "=0 a: done", "=0 b: stopped at 30%", "+1 c 50%");
  }

  @Test
  void aNoticeStaysWhereItIs() {
    progress.update(state("a", 0.5, Stage.RUNNING, null));
    new TaskProgress(progress).notice("look there");
    progress.update(state("a", 1, Stage.DONE, null));
    assertThat(shown).containsExactly("+0 a 50%", "+1 look there", "=0 a: done");
  }

  @Test
  void aChartOfTheCurvesStaysBeneathTheLine() {
    progress.update(state("a", 0.1, Stage.RUNNING, new Curves("x", "y")));
    progress.update(state("a", 0.2, Stage.RUNNING, curves()));
    progress.update(state("a", 1, Stage.DONE, curves()));
    progress.update(state("b", 0.5, Stage.RUNNING, null));
    assertThat(shown).containsExactly("+0 a 10%", "=0 a 20%", "+1 picture", "=0 a: done", "=1 picture", "+2 b 50%");
  }

  private long pictures(int updates) {
    for (int i = 0; i < updates; i++) {
      now += 100 * MS;
      progress.update(state("a", 0.5, Stage.RUNNING, curves()));
    }
    return shown.stream().filter(each -> each.endsWith("picture")).count();
  }

  @Test
  void isDrawnTwiceASecondAtMost() {
    assertThat(pictures(100)).isBetween(19L, 21L);
  }

  @Test
  void drawingTakesLittleOfTheTime() {
    cost = 200 * MS;
    assertThat(pictures(1000)).isBetween(17L, 20L);
    progress.update(state("a", 1, Stage.DONE, curves()));
    assertThat(shown).endsWith("=0 a: done", "=1 picture");
  }

  @Test
  void theBarIsEscapedAmberWhenStoppedAndGoneAtTheEnd() {
    assertThat(CellProgress.html(state("<x>", 0.5, Stage.RUNNING, null))).contains("width:50%", "#3a8f4d", "&lt;x&gt; 50%");
    assertThat(CellProgress.html(state("x", 0.5, Stage.STOPPED, null))).contains("width:50%", "#d08030", "stopped at 50%");
    assertThat(CellProgress.html(state("x", 1, Stage.DONE, null))).doesNotContain("width:");
  }
}
