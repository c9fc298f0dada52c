package secateur.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import secateur.Directories;
import secateur.Golden;
import secateur.Living;
import secateur.method.Method;
import secateur.model.Llm;
import secateur.prune.PruneNeurons;
import secateur.quantize.Fp4;
import secateur.quantize.Gptq;
import secateur.quantize.Hqq;
import secateur.quantize.Nf4;
import secateur.quantize.Rtn;
import secateur.quantize.SmoothQuant;
import secateur.train.Adapters;

/** What a layout has no place for is refused, with the layer's name and form and what is allowed, before anything is written. */
class PackedLayoutRefusalTest {

  private static final Format V1 = GptqLayout.v1();
  private static final Format V2 = GptqLayout.v2();
  private static final Format AWQ = new AwqLayout();
  private static final Format PACKED = new PackQuantizedLayout();
  private static final Format BYTES = new BitsAndBytesLayout();

  @TempDir
  private Path folder;

  private void refused(Llm model, Format layout, String... words) {
    Path to = folder.resolve("to");
    Living before = Living.settled();
    assertThatThrownBy(() -> layout.save(model, to)).as("%s", layout).isInstanceOf(IllegalArgumentException.class).hasMessageContainingAll(words);
    assertThat(to).doesNotExist();
    assertThat(Living.now()).isEqualTo(before);
  }

  private void refused(String name, Method method, Format layout, String... words) {
    try (Llm model = Halves.golden(name, folder); Llm made = method.apply(model, Golden.windows(name))) {
      refused(made, layout, words);
    }
  }

  @Test
  void layersThatAreNotQuantized() {
    try (Llm model = Halves.golden("qwen2", folder)) {
      for (Format layout : List.of(V1, V2, AWQ, PACKED)) {
        refused(model, layout, "layer '0.q' is Dense(64 x 64", "allows Quantized layers of", "bits in all blocks");
      }
      refused(model, BYTES, "layer '0.q' is Dense(64 x 64", "Codebook layers (Nf4, Fp4)");
    }
    refused("qwen2", new Nf4(), V2, "layer '0.q' is Codebook(64 x 64, NF4 double)", "[2, 3, 4, 8] bits");
    refused("qwen2", new Rtn(4), BYTES, "layer '0.q' is Quantized(64 x 64, 4 bits", "Codebook");
    refused("qwen2", new SmoothQuant(), PACKED, "layer '0.q' is ", "[4, 8]");
  }

  @Test
  void bitsThatALayoutHasNot() {
    refused("qwen2", new Rtn(5), V2, "layer '0.q' is Quantized(64 x 64, 5 bits", "GPTQ's layout", "[2, 3, 4, 8] bits");
    refused("qwen2", new Rtn(3), AWQ, "3 bits", "AWQ's layout", "[4] bits");
    refused("qwen2", new Rtn(2), PACKED, "2 bits", "pack-quantized", "[4, 8] bits");
  }

  @Test
  void familiesThatStoreTheirMatricesTurned() {
    for (Format layout : List.of(V1, V2, AWQ, PACKED)) {
      refused("gpt2", new Rtn(4), layout, "gpt2", "(in, out)", "allows linear layers that are stored as (out, in)");
    }
    refused("gpt2", new Nf4(), BYTES, "gpt2", "(in, out)", "bitsandbytes");
  }

  @Test
  void zerosBetweenCodes() {
    for (Format layout : List.of(V2, AWQ, PACKED)) {
      refused("qwen2", new Hqq(4).group(32), layout, "layer '0.q'", "zeros between its codes", "allows zeros that are codes");
    }
  }

  /** Block 0 as {@code first} makes it, block 1 as {@code second} does. */
  private void mixed(Method first, Method second, Format layout, String... words) {
    try (Llm model = Halves.golden("qwen2", folder); Llm a = first.apply(model, Golden.windows("qwen2")); Llm b = second.apply(model, Golden.windows("qwen2"));
        Llm both = a.with(List.of(a.blocks().get(0), b.blocks().get(1)))) {
      refused(both, layout, words);
    }
  }

  @Test
  void layersThatDiffer() {
    for (Format layout : List.of(V1, V2, PACKED)) {
      mixed(new Rtn(4), new Rtn(8), layout, "layer '1.down' is Quantized(64 x 160, 8 bits", "layer '0.down' is Quantized(64 x 160, 4 bits", "one number of bits");
      mixed(new Rtn(4).group(32), new Rtn(4).group(16), layout, "layer '1.down'", "10 groups a row", "layer '0.down'", "5 groups a row", "one size of groups");
    }
    mixed(new Rtn(4).group(32), new Rtn(4), AWQ, "layer '1.down'", "1 groups a row", "one size of groups");
    mixed(new Nf4(), new Fp4(), BYTES, "layer '1.q' is Codebook(64 x 64, FP4 double)", "nf4 double", "one type of codes");
    mixed(new Nf4(), new Nf4().single(), BYTES, "layer '1.q'", "one type of codes");
  }

  @Test
  void widthsThatFillNoWords() {
    try (Llm odd = Halves.random(2, 7, folder); Llm made = new Rtn(4).apply(odd, null)) {
      refused(made, V2, "layer '0.", "multiples of 32 outputs and inputs");
    }
    refused("llama", new Rtn(4), V1, "layer '0.gate' is Quantized(172 x 64", "multiples of 32 outputs and inputs");
    refused("llama", new Rtn(4), AWQ, "layer '0.gate' is Quantized(172 x 64", "multiples of 8 outputs");
  }

  @Test
  void scalesThatAreNoFloat16() {
    try (Llm model = Golden.model("qwen2"); Llm made = new Rtn(4).apply(model, null)) {
      for (Format layout : List.of(V1, V2, AWQ)) {
        refused(made, layout, "layer '0.q'", "float32 scales that are no float16 numbers", "DenseLayout.float16()");
      }
      PACKED.save(made, folder.resolve("float32"));
      try (Llm back = Llm.load(folder.resolve("float32").toString())) {
        assertThat(back.logits(new long[] {3, 1, 4})).isDeepEqualTo(made.logits(new long[] {3, 1, 4}));
      }
    }
  }

  @Test
  void reorderedGroups() {
    refused("qwen2", new Gptq(4).group(32).actOrder(), AWQ, "layer '0.", "act-order", "groups that lie side by side", "staticGroups()");
    refused("qwen2", new Gptq(4).group(32).then(new PruneNeurons(0.5).multiplesOf(32)), V2, "layer '0.down'", "inputs", "groups of one size");
  }

  @Test
  void aZeroOfZeroInVersion1() {
    Path positive = Directories.rewritten("qwen2", folder.resolve("positive"), tensors -> {
      tensors.compute("model.layers.1.mlp.up_proj.weight", (name, old) -> old.abs());
      return tensors;
    });
    try (Llm model = Llm.load(positive.toString())) {
      DenseLayout.float16().save(model, folder.resolve("half"));
    }
    try (Llm model = Llm.load(folder.resolve("half").toString()); Llm made = new Rtn(4).apply(model, null)) {
      refused(made, V1, "layer '1.up' is Quantized(160 x 64, 4 bits", "a zero of 0", "version 2 can");
      V2.save(made, folder.resolve("second"));
      try (Llm back = Llm.load(folder.resolve("second").toString())) {
        assertThat(back.logits(new long[] {3, 1, 4})).isDeepEqualTo(made.logits(new long[] {3, 1, 4}));
      }
    }
  }

  @Test
  void blocksOfDifferentWidths() {
    Method uneven = new PruneNeurons(0.5).protect(1, 0).multiplesOf(32);
    for (Format layout : List.of(V1, V2, AWQ, PACKED)) {
      refused("qwen2", uneven.then(new Rtn(4)), layout, "4 heads and ", " neurons; " + layout, "allows what config.json says for all blocks, 4 heads and 160 neurons");
    }
    refused("qwen2", uneven.then(new Nf4()), BYTES, "neurons; bitsandbytes");
  }

  @Test
  void evenPruningIsNone() {
    Method even = new PruneNeurons(0.4).multiplesOf(32).then(new Rtn(4));
    try (Llm model = Halves.golden("qwen2", folder); Llm made = even.apply(model, Golden.windows("qwen2"))) {
      V2.save(made, folder.resolve("to"));
      assertThat(secateur.file.Json.read(folder.resolve("to/config.json")).get("intermediate_size").getAsInt()).isEqualTo(96);
      try (Llm back = Llm.load(folder.resolve("to").toString())) {
        assertThat(back.logits(new long[] {3, 1, 4})).isDeepEqualTo(made.logits(new long[] {3, 1, 4}));
      }
    }
  }

  @Test
  void adaptersBesideLayers() {
    try (Llm model = Halves.golden("llama", folder); Llm made = new Nf4().apply(model, null); Llm adapted = Adapters.load(made, Golden.path("lora/llama"))) {
      refused(adapted, BYTES, "is Adapted(Codebook(", "allows Codebook layers");
    }
  }

  @Test
  void sizesOfShards() {
    assertThatThrownBy(() -> GptqLayout.v1().sharded(0)).hasMessageContaining("shards of 0 bytes, allowed are 1 or more");
    assertThatThrownBy(() -> new AwqLayout(-1)).hasMessageContaining("shards of -1 bytes");
    assertThatThrownBy(() -> new PackQuantizedLayout(0)).hasMessageContaining("shards of 0 bytes");
    assertThatThrownBy(() -> new BitsAndBytesLayout(0)).hasMessageContaining("shards of 0 bytes");
    assertThatThrownBy(() -> new HuggingFaceLayout(0)).hasMessageContaining("shards of 0 bytes");
  }
}
