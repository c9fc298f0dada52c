package secateur.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import secateur.Golden;
import secateur.model.Block;
import secateur.model.Llm;
import secateur.prune.DropLayers;
import secateur.prune.Magnitude;
import secateur.prune.PruneChannels;
import secateur.prune.PruneHeads;
import secateur.quantize.Rtn;
import secateur.spec.Role;
import secateur.text.Windows;

class SensitivityTest {

  private static double loss(Llm model, Windows text) {
    return Math.log(Perplexity.of(model, text).value());
  }

  private static double lossWith(Llm dense, Block changed, Windows text) {
    List<Block> blocks = new ArrayList<>(dense.blocks());
    blocks.set(changed.index(), changed);
    try (Llm model = dense.with(blocks)) {
      return loss(model, text);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"llama", "gpt2", "opt", "falcon", "gpt_neox"})
  void whatOnePartAloneDoes(String name) {
    Windows text = Golden.windows(name);
    try (Llm dense = Golden.model(name); Llm made = new Rtn(2).apply(dense, text)) {
      Sensitivity blocks = Sensitivity.ofBlocks(dense, made, text);
      Sensitivity layers = Sensitivity.ofLayers(dense, made, text);
      assertThat(blocks.loss()).isCloseTo(loss(dense, text), within(1e-5));
      assertThat(blocks.rise()).containsOnlyKeys("0", "1");
      assertThat(layers.rise().keySet()).containsExactlyElementsOf(dense.layers().keySet());
      for (Block block : made.blocks()) {
        assertThat(blocks.rise().get("" + block.index())).isCloseTo(lossWith(dense, block, text) - blocks.loss(), within(1e-5));
        Block changed = dense.blocks().get(block.index()).with(Map.of(Role.DOWN, block.layer(Role.DOWN)));
        assertThat(layers.rise().get(block.name(Role.DOWN))).isCloseTo(lossWith(dense, changed, text) - blocks.loss(), within(1e-5));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"llama", "bloom"})
  void divergenceIsThatOfTheLogits(String name) {
    Windows text = Golden.windows(name);
    try (Llm dense = Golden.model(name); Llm made = new Rtn(2).apply(dense, text)) {
      Sensitivity layers = Sensitivity.ofLayersByDivergence(dense, made, text);
      assertThat(layers.loss()).isCloseTo(0, within(1e-6));
      Block block = dense.blocks().get(1).with(Map.of(Role.DOWN, made.blocks().get(1).layer(Role.DOWN)));
      try (Llm changed = dense.with(List.of(dense.blocks().get(0), block))) {
        assertThat(layers.rise().get("1.down")).isPositive().isCloseTo(divergence(dense, changed, text.ids(null)), within(1e-5));
      }
      assertThat(layers.rise().values()).allSatisfy(rise -> assertThat(rise).isNotNegative());
    }
  }

  private static double divergence(Llm dense, Llm changed, long[][] windows) {
    double sum = 0;
    for (long[] ids : windows) {
      float[][] p = dense.logits(ids);
      float[][] q = changed.logits(ids);
      for (int t = 0; t < ids.length; t++) {
        double logP = logSum(p[t]);
        double logQ = logSum(q[t]);
        for (int v = 0; v < p[t].length; v++) {
          sum += Math.exp(p[t][v] - logP) * (p[t][v] - logP - q[t][v] + logQ);
        }
      }
    }
    return sum / windows.length / windows[0].length;
  }

  private static double logSum(float[] logits) {
    double sum = 0;
    for (float logit : logits) {
      sum += Math.exp(logit);
    }
    return Math.log(sum);
  }

  @Test
  void anEqualModelRisesNowhere() {
    try (Llm dense = Golden.model("qwen3"); Llm same = dense.share()) {
      assertThat(Sensitivity.ofLayers(dense, same, Golden.windows("qwen3")).rise().values()).containsOnly(0.0);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"llama", "bloom"})
  void narrowerBlocksAsWholes(String name) {
    Windows text = Golden.windows(name);
    try (Llm dense = Golden.model(name); Llm made = new PruneHeads(0.5).apply(dense, text)) {
      assertThat(Sensitivity.ofBlocks(dense, made, text).rise().values()).hasSize(2).allSatisfy(rise -> assertThat(rise).isFinite().isNotZero());
      assertThatThrownBy(() -> Sensitivity.ofLayers(dense, made, text)).hasMessageContainingAll("layer 0.", "shapes are equal");
    }
  }

  @Test
  void whatDoesNotFitIsRefused() {
    Windows text = Golden.windows("llama");
    try (Llm dense = Golden.model("llama"); Llm shorter = new DropLayers(1).apply(dense, text);
        Llm thinner = new PruneChannels(0.5).apply(dense, text)) {
      assertThatThrownBy(() -> Sensitivity.ofBlocks(dense, shorter, text)).hasMessageContaining("2 and 1 blocks");
      assertThatThrownBy(() -> Sensitivity.ofBlocks(dense, thinner, text)).hasMessageContaining("channels");
    }
  }

  @Test
  void severalBatchesAreOneMean() {
    Windows two = Golden.windows("llama");
    long[][] ids = two.ids(null);
    long[][] many = java.util.stream.IntStream.range(0, 34).mapToObj(i -> ids[i % 2]).toArray(long[][]::new);
    try (Llm dense = Golden.model("llama"); Llm made = new Magnitude(0.5).apply(dense, two)) {
      Sensitivity once = Sensitivity.ofBlocks(dense, made, two);
      Sensitivity often = Sensitivity.ofBlocks(dense, made, Windows.of(many));
      once.rise().forEach((block, rise) -> assertThat(often.rise().get(block)).isCloseTo(rise, within(1e-5)));
    }
  }
}
