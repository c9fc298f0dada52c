package secateur.cli;

import com.google.gson.JsonObject;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import secateur.measure.Size;
import secateur.method.Importance;
import secateur.method.Method;
import secateur.model.Llm;
import secateur.prune.LlmPruner;
import secateur.prune.LoraPrune;
import secateur.prune.Recover;
import secateur.tensor.Devices;
import secateur.tensor.Memory;
import secateur.text.Windows;

@Command(name = "bench-memory", description = {"Measure the memory that one method takes beside a model, on random weights of LLaMA's architecture.",
    "One method a process: PyTorch keeps what it once took, so what it has in the end is the peak."},
    footer = {"", "Example:", "  secateur bench-memory LORAPRUNE --hidden 2048 --blocks 16"})
final class BenchMemoryCommand extends Work {

  private static final double MIB = 1 << 20;
  private static final int VOCABULARY = 32000;

  /** What is measured. */
  enum Contestant {
    /** LoRAPrune, three steps. */
    LORAPRUNE(() -> new LoraPrune(0.5, 3).training(new Recover(3).batch(1))),
    /** LLM-Pruner of the first order. */
    LLM_PRUNER(() -> new LlmPruner(0.5)),
    /** LLM-Pruner of both orders. */
    LLM_PRUNER_MIXED(() -> new LlmPruner(0.5).by(Importance.taylor().mixed())),
    /** Training of all weights, three steps. */
    FULL(() -> new Recover(3).batch(1).full());

    private final Supplier<Method> method;

    Contestant(Supplier<Method> method) {
      this.method = method;
    }
  }

  @Parameters(index = "0", paramLabel = "METHOD", description = "${COMPLETION-CANDIDATES}")
  private Contestant contestant;

  @Option(names = "--hidden", paramLabel = "N", defaultValue = "2048", description = "Width (default: ${DEFAULT-VALUE}).")
  private int hidden;

  @Option(names = "--blocks", paramLabel = "N", defaultValue = "16", description = "Blocks (default: ${DEFAULT-VALUE}).")
  private int blocks;

  @Option(names = "--length", paramLabel = "N", defaultValue = "512", description = "Tokens of a window (default: ${DEFAULT-VALUE}).")
  private int length;

  @Override
  void work() {
    try (Llm model = Llm.random(config(), 0)) {
      Method method = contestant.method.get();
      Size size = Size.of(model);
      long before = Memory.total(Devices.current()) - Memory.free(Devices.current());
      if (!Devices.current().isGpu()) {
        before = Memory.process().orElse(0);
      }
      method.apply(model, text()).close();
      say(String.format(Locale.ROOT, "%s: %.0f MiB beside a model of %.0f M parameters in %.0f MiB; %d tokens a window; %s", method,
          (Memory.peak(Devices.current()) - before) / MIB, size.parameters() / 1e6, size.memory() / MIB, length, Devices.describe()));
    }
  }

  private Windows text() {
    Random random = new Random(0);
    long[][] ids = new long[10][];
    Arrays.setAll(ids, i -> random.longs(length, 0, VOCABULARY).toArray());
    return Windows.of(ids);
  }

  private JsonObject config() {
    JsonObject config = new JsonObject();
    config.addProperty("model_type", "llama");
    config.addProperty("hidden_size", hidden);
    config.addProperty("intermediate_size", hidden * 11 / 4 / 8 * 8);
    config.addProperty("num_hidden_layers", blocks);
    config.addProperty("num_attention_heads", Math.max(1, hidden / 128));
    config.addProperty("vocab_size", VOCABULARY);
    config.addProperty("max_position_embeddings", 2048);
    config.addProperty("rms_norm_eps", 1e-5);
    config.addProperty("hidden_act", "silu");
    config.addProperty("rope_theta", 10000);
    config.addProperty("tie_word_embeddings", false);
    return config;
  }
}
