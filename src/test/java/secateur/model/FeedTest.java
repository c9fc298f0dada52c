package secateur.model;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import secateur.Golden;
import secateur.tensor.Devices;
import secateur.tensor.Scope;

/** Scales that move between what writes a vector and what reads it, in every family. */
class FeedTest {

  @ParameterizedTest
  @ValueSource(strings = {"bloom", "bloom_6heads", "falcon", "falcon_40b", "falcon_alibi", "gpt2", "gpt2_untied", "gpt_neox",
      "gpt_neox_sequential", "llama", "llama3", "mistral", "mistral_window", "opt", "opt_350m", "qwen2", "qwen3", "qwen3_untied"})
  void theFunctionStays(String name) {
    try (Scope scope = new Scope(); Llm model = Golden.model(name)) {
      List<Block> blocks = new ArrayList<>();
      int feeds = 0;
      for (Block block : model.blocks()) {
        Block scaled = block;
        for (Feed feed : block.feeds()) {
          long width = block.layer(feed.readers().get(0)).columns();
          NDArray scales = Devices.manager().randomUniform(0.25f, 4f, new Shape(width));
          scaled = feed.scale(scaled, scales);
          feeds++;
        }
        blocks.add(scaled);
      }
      assertThat(feeds).isGreaterThanOrEqualTo(2);
      try (Llm other = model.with(blocks)) {
        NDArray ids = Golden.tensor("models/" + name + "/expected.safetensors", "input_ids");
        NDArray logits = model.forward(ids);
        assertThat(Golden.difference(other.forward(ids), logits) / logits.abs().max().getFloat()).isLessThan(1e-4);
      }
    }
  }
}
