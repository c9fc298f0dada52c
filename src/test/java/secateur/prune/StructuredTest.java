package secateur.prune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import secateur.Golden;
import secateur.measure.BlockInfluence;
import secateur.measure.Size;
import secateur.method.Importance;
import secateur.method.Method;
import secateur.model.Block;
import secateur.model.Groups;
import secateur.model.Llm;
import secateur.spec.Part;
import secateur.tensor.Scope;

/** What every structured method promises, in every architecture. */
class StructuredTest {

  static List<Method> methods() {
    return List.of(new PruneHeads(0.5), new PruneNeurons(0.3), new PruneNeurons(0.5).multiplesOf(16), new PruneChannels(0.25), new DropLayers(1),
        new LlmPruner(0.4), new LlmPruner(0.5).by(Importance.taylor().mixed().vector()).global(), new PruneNeurons(0.3).by(Importance.l1()),
        new PruneHeads(0.5).by(Importance.random(3)), new PruneChannels(0.25).by(Importance.l2()), new LoraPrune(0.5, 10));
  }

  static Stream<Arguments> all() {
    return Golden.models().stream().flatMap(name -> methods().stream().map(method -> Arguments.of(name, method)));
  }

  private static ByteBuffer logits(Llm model, String name) {
    try (Scope scope = new Scope()) {
      NDArray logits = model.forward(model.ids(Golden.ids(name)));
      assertThat(logits.isNaN().any().getBoolean()).isFalse();
      return logits.toByteBuffer();
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void theResultIsSmallerAndTheOriginalIsLeftAsItWas(String name, Method method) {
    try (Llm model = Golden.model(name)) {
      ByteBuffer before = logits(model, name);
      try (Llm made = method.apply(model, Golden.windows(name)); Llm again = method.apply(model, Golden.windows(name))) {
        assertThat(Size.of(made).parameters()).isLessThan(Size.of(model).parameters());
        assertThat(logits(made, name)).isEqualTo(logits(again, name));
      }
      assertThat(logits(model, name)).isEqualTo(before);
    }
  }

  @Test
  void labelsDiffer() {
    assertThat(methods()).extracting(Method::toString).doesNotHaveDuplicates().noneMatch(label -> label.contains("["));
    assertThat(methods()).isEqualTo(methods());
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.25, 0.5, 0.9, 0.999})
  void theShareIsMet(double share) {
    try (Llm model = Golden.model("llama"); Llm made = new PruneNeurons(share).apply(model, Golden.windows("llama"))) {
      for (Block block : made.blocks()) {
        int before = Groups.of(model.blocks().get(block.index()), Part.NEURONS).count();
        assertThat(Groups.of(block, Part.NEURONS).count()).isEqualTo(Math.max(1, before - (int) Math.round(before * share)));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.1, 0.3, 0.6})
  void theShareOfAllIsOfWeights(double share) {
    try (Llm model = Golden.model("qwen3"); Llm made = new PruneNeurons(share).global().by(Importance.l1()).apply(model, Golden.windows("qwen3"))) {
      long neurons = model.blocks().stream().mapToLong(b -> Groups.of(b, Part.NEURONS).count()).sum();
      long left = made.blocks().stream().mapToLong(b -> Groups.of(b, Part.NEURONS).count()).sum();
      assertThat(1 - (double) left / neurons).isCloseTo(share, within(1.0 / neurons));
      int first = Groups.of(made.blocks().get(0), Part.NEURONS).count();
      assertThat(first).isNotEqualTo(Groups.of(made.blocks().get(1), Part.NEURONS).count());
    }
  }

  @Test
  void protectedBlocksStay() {
    try (Llm model = Golden.model("llama"); Llm made = new LlmPruner(0.5).protect(1, 0).apply(model, Golden.windows("llama"))) {
      assertThat(made.layer("0.q")).isEqualTo(model.layer("0.q"));
      assertThat(made.layer("1.down").columns()).isLessThan(model.layer("1.down").columns());
      assertThatThrownBy(() -> new LlmPruner(0.5).protect(1, 1).apply(model, Golden.windows("llama")))
          .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("only 2");
    }
  }

  @Test
  void multiplesAreMet() {
    try (Llm model = Golden.model("llama"); Llm made = new PruneNeurons(0.5).multiplesOf(16).apply(model, Golden.windows("llama"))) {
      assertThat(made.layer("0.down").columns()).isEqualTo(96); // 172 - 86, up
    }
  }

  @Test
  void theBlocksOfLeastInfluenceGo() {
    try (Llm model = Golden.model("llama"); Llm made = new DropLayers(1).apply(model, Golden.windows("llama"));
        Llm named = new DropLayers(List.of(0)).apply(model, null)) {
      double[] influence = BlockInfluence.of(model, Golden.windows("llama"));
      int stays = influence[0] < influence[1] ? 1 : 0;
      assertThat(made.layer("0.q")).isEqualTo(model.layer(stays + ".q"));
      assertThat(named.layer("0.q")).isEqualTo(model.layer("1.q"));
    }
  }

  @Test
  void whatCannotBeIsRefused() {
    try (Llm model = Golden.model("llama")) {
      refused(() -> new PruneHeads(1), "1.0", "below 1");
      refused(() -> new LlmPruner(Double.NaN), "NaN", "below 1");
      refused(() -> new PruneChannels(-0.1), "-0.1", "below 1");
      refused(() -> new PruneNeurons(0.5).multiplesOf(0), "0", "1 or more");
      refused(() -> new PruneNeurons(0.5).protect(-1, 0), "-1", "negative");
      refused(() -> new DropLayers(2).apply(model, null), "2", "one must stay");
      refused(() -> new DropLayers(List.of(7)).apply(model, null), "[7]", "0 to 1");
      refused(() -> new LoraPrune(0.5).training(new Recover(5).full()), "LoRA", "full");
      refused(() -> Importance.taylor().samples(0, 64), "0 samples", "at least 1");
    }
  }

  private static void refused(Runnable work, String... says) {
    assertThatThrownBy(work::run).isInstanceOf(IllegalArgumentException.class).hasMessageContainingAll(says);
  }
}
