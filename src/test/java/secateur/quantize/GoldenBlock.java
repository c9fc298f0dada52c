package secateur.quantize;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import secateur.Golden;
import secateur.model.Block;
import secateur.model.Feed;
import secateur.model.Llm;
import secateur.spec.Role;

/** Block 0 of the golden llama and what {@code act.safetensors} says of it. */
final class GoldenBlock {

  private GoldenBlock() {}

  static NDArray given(String name) {
    return Golden.tensor("methods/act.safetensors", name);
  }

  static Llm model() {
    return Golden.model("llama");
  }

  /** Where {@code block} has a scale for the inputs of {@code role}. */
  static Feed feed(Block block, Role role) {
    return block.feeds().stream().filter(feed -> feed.readers().get(0) == role).findFirst().orElseThrow();
  }

  /** To {@code share} of the largest. */
  static void same(NDArray ours, String name, double share) {
    NDArray theirs = given(name);
    assertThat(Golden.difference(ours, theirs) / theirs.abs().max().getFloat()).as(name).isLessThan(share);
  }
}
