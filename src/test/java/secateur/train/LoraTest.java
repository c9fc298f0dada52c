package secateur.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import secateur.Golden;
import secateur.Living;
import secateur.model.Adapted;
import secateur.model.AdaptedUnderMask;
import secateur.model.Dense;
import secateur.model.Linear;
import secateur.model.Llm;
import secateur.spec.Role;
import secateur.tensor.Scope;

class LoraTest {

  private static final Recipe RECIPE = Recipe.of(20, 1e-2);
  private static final long[] IDS = {3, 1, 4, 1, 5, 9, 2, 6};

  @TempDir
  Path folder;

  private static Trained trained(Llm model, Adapter adapter) {
    return trained(model, adapter, RECIPE);
  }

  private static Trained trained(Llm model, Adapter adapter, Recipe recipe) {
    WindowBatches data = new WindowBatches(Golden.ids("llama"), 2, 0);
    return new Trainer<>(recipe, new NextToken(), data, Upkeep.none()).train(model, adapter);
  }

  /** Every other weight of the blocks' layers removed. */
  private static Llm holed(Llm model) {
    try (Scope scope = new Scope()) {
      return model.with(model.blocks().stream().map(block -> {
        Map<Role, Linear> changed = new java.util.EnumMap<>(Role.class);
        block.roles().forEach(role -> {
          NDArray w = block.layer(role).weight();
          changed.put(role, block.layer(role).withWeight(w.mul(w.gt(0))));
        });
        return block.with(changed);
      }).toList());
    }
  }

  private static List<boolean[]> zeros(Llm model) {
    List<boolean[]> zeros = new ArrayList<>();
    try (Scope scope = new Scope()) {
      model.layers().values().forEach(layer -> zeros.add(layer.weight().eq(0).toBooleanArray()));
    }
    return zeros;
  }

  private static double difference(Llm a, Llm b) {
    try (Scope scope = new Scope()) {
      return Golden.difference(a.forward(a.ids(new long[][] {IDS})), b.forward(b.ids(new long[][] {IDS})));
    }
  }

  @Test
  void anAdapterBeginsByChangingNothing() {
    for (String name : List.of("llama", "gpt2")) {
      try (Scope scope = new Scope(); Llm model = Golden.model(name); OpenModel open = new OpenModel(model, new Lora(4), Moments.RESIDENT)) {
        assertThat(open.parameters()).hasSize(2 * model.layers().size());
        assertThat(difference(model, open.llm())).isZero();
      }
    }
  }

  @Test
  void aBeginsUniformWithinOneByTheRootOfItsInputs() {
    try (Scope scope = new Scope(); Llm model = Golden.model("llama"); OpenModel open = new OpenModel(model, new Lora(16), Moments.RESIDENT)) {
      Adapted down = (Adapted) open.llm().layer("0.down");
      double bound = 1 / Math.sqrt(down.columns());
      assertThat(down.a().abs().max().getFloat()).isBetween((float) (0.98 * bound), (float) bound);
      assertThat(down.a().square().mean().getFloat()).isCloseTo((float) (bound * bound / 3), org.assertj.core.data.Percentage.withPercentage(8));
      assertThat(down.a()).isNotEqualTo(((Adapted) open.llm().layer("1.down")).a());
    }
  }

  @Test
  void theLossFallsAndTheBaseIsSharedAsItWas() {
    try (Llm model = Golden.model("llama")) {
      float[] before = model.layer("0.q").arrays().get(0).toFloatArray();
      Trained result = trained(model, new Lora(4));
      List<Curve.Point> losses = result.curve().training();
      assertThat(losses.get(19).loss()).isLessThan(losses.get(0).loss() - 0.3);
      try (Llm made = result.model()) {
        Adapted layer = (Adapted) made.layer("0.q");
        assertThat(layer.base()).isSameAs(model.layer("0.q"));
        assertThat(layer.a().hasGradient()).isFalse();
        assertThat(made.head()).isSameAs(model.head());
        assertThat(model.layer("0.q").arrays().get(0).toFloatArray()).isEqualTo(before);
      }
    }
  }

  @Test
  void mergingAndTakingOff() {
    try (Llm model = Golden.model("llama"); Llm made = trained(model, new Lora(4)).model(); Llm merged = Adapters.merge(made);
        Llm off = Adapters.unmerge(made)) {
      assertThat(difference(model, made)).isGreaterThan(0.1);
      assertThat(difference(merged, made)).isLessThan(1e-5);
      assertThat(merged.layers().values()).hasOnlyElementsOfType(Dense.class);
      off.layers().forEach((name, layer) -> assertThat(layer).isSameAs(model.layer(name)));
      Adapters.save(made, folder);
      try (Llm again = Adapters.load(model, folder); Llm less = Adapters.unmerge(merged, folder)) {
        assertThat(difference(again, made)).isZero();
        assertThat(difference(less, model)).isLessThan(1e-4);
      }
    }
  }

  @Test
  void whatWasRemovedStaysRemoved() {
    for (Adapter adapter : List.of(new Lora(4), new FullTraining())) {
      try (Llm model = Golden.model("gpt2"); Llm holed = holed(model)) {
        Trained result = trained(holed, adapter);
        assertThat(result.curve().training().get(19).loss()).isLessThan(result.curve().training().get(0).loss());
        try (Llm made = result.model(); Llm merged = Adapters.merge(made)) {
          assertThat(difference(holed, made)).isGreaterThan(0.1);
          assertThat(difference(merged, made)).isLessThan(1e-5);
          assertThat(zeros(merged)).as("%s", adapter).usingRecursiveComparison().isEqualTo(zeros(holed));
        }
      }
    }
  }

  @Test
  void aPlainMergeThatWouldFillHolesIsRefused() {
    try (Llm model = Golden.model("llama"); Llm holed = holed(model); Llm adapted = Adapters.load(holed, Golden.path("lora/llama"));
        Llm masked = Adapters.mergeUnderMask(adapted)) {
      assertThatThrownBy(() -> Adapters.merge(adapted)).isInstanceOf(IllegalArgumentException.class)
          .hasMessageContainingAll("removed", "fill", "mergeUnderMask");
      assertThat(zeros(masked)).usingRecursiveComparison().isEqualTo(zeros(holed));
      assertThat(difference(masked, holed)).isGreaterThan(1e-3);
    }
  }

  @Test
  void anAdapterUnderAMaskHasNoPlaceInPeftsLayout() {
    try (Llm model = Golden.model("llama"); Llm holed = holed(model); Llm made = trained(holed, new Lora(2)).model()) {
      assertThat(made.layer("0.q")).isInstanceOf(AdaptedUnderMask.class);
      assertThatThrownBy(() -> Adapters.save(made, folder)).hasMessageContainingAll("mask", "merge");
      assertThatThrownBy(() -> Adapters.save(model, folder)).hasMessageContaining("no adapter");
    }
  }

  @Test
  void nothingIsLeftOver() {
    try (Llm model = Golden.model("llama")) {
      for (Adapter adapter : List.of(new Lora(4), new FullTraining())) {
        for (Recipe recipe : List.of(RECIPE, RECIPE.recomputed())) {
          run(model, adapter, recipe);
          Living before = Living.settled();
          run(model, adapter, recipe);
          assertThat(Living.settled()).as("%s %s", adapter, recipe.activations()).isEqualTo(before);
        }
      }
    }
  }

  private void run(Llm model, Adapter adapter, Recipe recipe) {
    try (Llm made = trained(model, adapter, recipe).model(); Llm merged = Adapters.merge(made); Llm off = Adapters.unmerge(made)) {
      assertThat(merged.layers()).hasSameSizeAs(off.layers());
    }
  }

  @Test
  void chosenRolesAlone() {
    try (Scope scope = new Scope(); Llm model = Golden.model("llama");
        OpenModel open = new OpenModel(model, new Lora(2).roles(Role.Q, Role.V), Moments.RESIDENT)) {
      assertThat(open.parameters()).hasSize(2 * 2 * model.blocks().size());
      assertThatThrownBy(() -> trained(model, new Lora(2).roles(Role.QKV))).hasMessageContainingAll("of qkv", "q, k, v, o, gate, up, down");
    }
  }

  @Test
  void nonsenseIsRefused() {
    assertThatThrownBy(() -> new Lora(0)).hasMessageContaining("rank is 0");
    assertThatThrownBy(() -> new Lora(8).alpha(-1)).hasMessageContaining("alpha is -1");
    assertThatThrownBy(() -> new Lora(8).dropout(1)).hasMessageContaining("dropout is 1.0");
    assertThat(new Lora(4).alpha(8).dropout(0).roles(Role.Q)).hasToString("LoRA r4 alpha 8 of q");
  }

  @Test
  void adaptersThatAreNotPlainLoraAreRefused() throws Exception {
    refused("\"use_dora\": false", "\"use_dora\": true", "use_dora is true");
    refused("\"bias\": \"none\"", "\"bias\": \"all\"", "bias is all");
    refused("\"modules_to_save\": null", "\"modules_to_save\": [\"lm_head\"]", "modules_to_save");
    refused("\"peft_type\": \"LORA\"", "\"peft_type\": \"LOHA\"", "peft_type is LOHA");
    try (Llm model = Golden.model("gpt2"); Llm other = Golden.model("gpt2_untied")) {
      assertThatThrownBy(() -> Adapters.load(model, Golden.path("lora/llama"))).hasMessageContainingAll("down_proj", "gpt2", "attn.c_attn");
      assertThatThrownBy(() -> Adapters.load(other, Golden.path("lora/gpt2"))).hasMessageContainingAll("mlp.c_", "a layer of shape (160, 64)");
    }
  }

  private void refused(String from, String to, String sentence) throws Exception {
    Path theirs = Golden.path("lora/llama");
    Files.copy(theirs.resolve("adapter_model.safetensors"), folder.resolve("adapter_model.safetensors"),
        java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    String config = Files.readString(theirs.resolve("adapter_config.json"));
    assertThat(config).contains(from);
    Files.writeString(folder.resolve("adapter_config.json"), config.replace(from, to));
    try (Llm model = Golden.model("llama")) {
      assertThatThrownBy(() -> Adapters.load(model, folder)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining(sentence);
    }
  }
}
