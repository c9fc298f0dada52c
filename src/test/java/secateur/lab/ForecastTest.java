package secateur.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import secateur.Golden;
import secateur.method.Method;
import secateur.method.Cost;
import secateur.model.Llm;
import secateur.prune.SparseGpt;
import secateur.prune.Wanda;
import secateur.quantize.Gptq;
import secateur.quantize.Rtn;
import secateur.text.Windows;
import tech.tablesaw.api.Table;

class ForecastTest {

  private final Llm model = Golden.model("llama");
  private final Lab lab = new Lab(model, windows(4), windows(2));

  private static Windows windows(int count) {
    Random random = new Random(count);
    return Windows.of(random.ints(count, 0, 1).mapToObj(i -> random.longs(16, 0, 50).toArray()).toArray(long[][]::new));
  }

  @AfterEach
  void close() {
    lab.close();
    model.close();
  }

  /** Needs more than there is. */
  private record Huge() implements Method {
    @Override
    public Llm apply(Llm model, Windows text) {
      throw new AssertionError("begun");
    }

    @Override
    public Cost cost(Llm model, Windows text) {
      return new Cost(Long.MAX_VALUE, 1);
    }
  }

  @Test
  void whatHasNoRoomIsNotBegun() {
    assertThatThrownBy(() -> lab.step(new Huge())).isInstanceOf(IllegalStateException.class)
        .hasMessageMatching("Huge.*, which works beside the model, needs about [\\d,]+ MiB, but [\\d,]+ MiB are free on cpu, \\d+ threads");
    assertThat(lab.table().rowCount()).isEqualTo(1);
  }

  @Test
  void shapesAreLookedAtBeforeAnythingIsDone() {
    assertThatThrownBy(() -> lab.compare(new Huge().then(new Gptq(4).group(7)))).hasMessageContaining("layer 0.q: groups of 7 do not divide");
    assertThatThrownBy(() -> lab.step(new Wanda(3, 7))).hasMessageContaining("layer 0.q: pattern 3:7");
    assertThatThrownBy(() -> lab.step(new SparseGpt(3, 7))).hasMessageContaining("layer 0.q: pattern 3:7");
    assertThatThrownBy(() -> lab.step(new Rtn(4).group(7))).hasMessageContaining("layer 0.q: groups of 7");
  }

  @Test
  void moreWorkIsForecastAsMore() {
    Table plan = lab.plan(new Rtn(4), new Wanda(0.5), new SparseGpt(0.5), new Wanda(0.5).then(new Gptq(4)));
    assertThat(plan.stringColumn("method").asList()).containsExactly("RTN 4-bit", "Wanda 50%", "SparseGPT 50%", "Wanda 50% + GPTQ 4-bit");
    long[] bytes = java.util.stream.Stream.of(new Rtn(4), new Wanda(0.5), new SparseGpt(0.5), new Wanda(0.5).then(new Gptq(4)))
        .mapToLong(method -> method.cost(model, windows(4)).bytes()).toArray();
    assertThat(bytes).isSorted().doesNotHaveDuplicates();
  }
}
