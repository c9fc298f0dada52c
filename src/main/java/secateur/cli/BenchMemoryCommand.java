package secateur.cli;

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
import secateur.quantize.Peqa;
import secateur.quantize.QLora;
import secateur.quantize.Qat;
import secateur.tensor.Devices;
import secateur.tensor.Memory;
import secateur.text.Windows;

@Command(name = "bench-memory", description = {"Measure the memory that one method takes beside a model and with it, on random weights of LLaMA's architecture.",
    "One method a process: PyTorch keeps what it once took, so what it has in the end is the peak."},
    footer = {"", "Example:", "  secateur bench-memory LORAPRUNE --hidden 2048 --blocks 16"})
final class BenchMemoryCommand extends Work {

  private static final double MIB = 1 << 20;

  /** What is measured. */
  enum Contestant {
    /** LoRAPrune, three steps. */
    LORAPRUNE(() -> new LoraPrune(0.5, 3).training(new Recover(3).batch(1))),
    /** LLM-Pruner of the first order. */
    LLM_PRUNER(() -> new LlmPruner(0.5)),
    /** LLM-Pruner of both orders. */
    LLM_PRUNER_MIXED(() -> new LlmPruner(0.5).by(Importance.taylor().mixed())),
    /** Training of all weights, three steps. */
    FULL(() -> new Recover(3).batch(1).full()),
    /** As FULL, with activations computed again as QLoRA and PEQA do. */
    FULL_RECOMPUTED(() -> new Recover(3).batch(1).full().recomputed()),
    /** QAT of 4 bits, three steps. */
    QAT(() -> new Qat(4, 3).batch(1)),
    /** PEQA of 4 bits on its packed base, three steps. */
    PEQA(() -> new Peqa(4, 3).rounding(), () -> new Peqa(4, 3).batch(1)),
    /** QLoRA of rank 64 on its packed base, three steps. */
    QLORA(() -> new QLora(3).rounding(), () -> new QLora(3).batch(1));

    private final Supplier<Method> base;
    private final Supplier<Method> method;

    Contestant(Supplier<Method> method) {
      this(() -> (model, text) -> model.share(), method);
    }

    /** {@code method} begins with what {@code base} makes of the dense model, which is gone by then. */
    Contestant(Supplier<Method> base, Supplier<Method> method) {
      this.base = base;
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
    long idle = Memory.taken(Devices.current());
    try (Llm model = begin()) {
      Method method = contestant.method.get();
      Size size = Size.of(model);
      long before = Memory.taken(Devices.current());
      method.apply(model, text()).close();
      long peak = Memory.peak(Devices.current());
      say(String.format(Locale.ROOT, "%s: %.0f MiB beside a model of %.0f M parameters in %.0f MiB; %d tokens a window; %s", method,
          (peak - before) / MIB, size.parameters() / 1e6, size.memory() / MIB, length, Devices.describe()));
      say(String.format(Locale.ROOT, "the model and all else: %.0f MiB", (peak - idle) / MIB));
    }
  }

  private Llm begin() {
    try (Llm dense = Llm.random(RandomLlama.config(hidden, blocks), 0)) {
      return contestant.base.get().apply(dense, text());
    }
  }

  private Windows text() {
    Random random = new Random(0);
    long[][] ids = new long[10][];
    Arrays.setAll(ids, i -> random.longs(length, 0, RandomLlama.VOCABULARY).toArray());
    return Windows.of(ids);
  }
}
