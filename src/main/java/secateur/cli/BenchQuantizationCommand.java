package secateur.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import secateur.method.Budget;
import secateur.method.Method;
import secateur.method.Tuned;
import secateur.model.Llm;
import secateur.quantize.Awq;
import secateur.quantize.Fp4;
import secateur.quantize.Gptq;
import secateur.quantize.Hqq;
import secateur.quantize.KvCache;
import secateur.quantize.LlmInt8;
import secateur.quantize.Nf4;
import secateur.quantize.Peqa;
import secateur.quantize.QLora;
import secateur.quantize.Qat;
import secateur.quantize.Quantize;
import secateur.quantize.Rtn;
import secateur.quantize.SmoothQuant;
import secateur.text.Corpus;
import secateur.text.Windows;

@Command(name = "bench-quantization", description = "Measure quantization on one model: each method at each width, in groups of 64.",
    footer = {"", "Examples:", "  secateur bench-quantization java-8m --windows 64 --csv out/quantization.csv", "  secateur bench-quantization java-8m --steps 0 --bits 4,3"})
final class BenchQuantizationCommand extends BenchWork {

  private static final int LENGTH = 512;
  private static final int GROUP = 64;
  private static final int WIDEST_TRAINED = 4;

  /** A scale in float16 and a zero in 8 bits. */
  private static final double GRID_BITS = 24;

  /** Fewer bits want longer steps: the rate of QAT grows by this for each bit less. */
  private static final double LESS = 4;

  @Option(names = "--bits", paramLabel = "B", split = ",", defaultValue = "8,4,3,2", description = "Widths (default: ${DEFAULT-VALUE}).")
  private List<Integer> widths;

  @Option(names = "--steps", paramLabel = "N", defaultValue = "200",
      description = "Steps of QAT, PEQA and QLoRA (default: ${DEFAULT-VALUE}); 0 leaves them out.")
  private int steps;

  @Option(names = "--batch", paramLabel = "N", defaultValue = "16", description = "Windows of 512 tokens in a step (default: ${DEFAULT-VALUE}).")
  private int batch;

  @Option(names = "--training", paramLabel = "N", defaultValue = "1600", description = "Windows to train on (default: ${DEFAULT-VALUE}).")
  private int windows;

  @Option(names = "--peqa", paramLabel = "R", defaultValue = "0.00005", description = "Peak rate of PEQA (default: ${DEFAULT-VALUE}).")
  private double peqa;

  @Option(names = "--qlora", paramLabel = "R", defaultValue = "0.001", description = "Peak rate of QLoRA (default: ${DEFAULT-VALUE}).")
  private double qlora;

  @Option(names = "--qat", paramLabel = "R", defaultValue = "0.00002",
      description = "Peak rate of QAT at 4 bits, four times as much for each bit less (default: ${DEFAULT-VALUE}).")
  private double qat;

  @Override
  List<Method> methods(Llm model) {
    Windows train = steps == 0 ? null : Corpus.load("java").windows(windows, LENGTH);
    return widths.stream().flatMap(bits -> methods(bits, train)).toList();
  }

  private Stream<Method> methods(int bits, Windows train) {
    List<Method> methods = new ArrayList<>(List.of(new Rtn(bits).group(GROUP), new Rtn(bits).group(GROUP).mse(), new Hqq(bits).group(GROUP),
        new Gptq(bits).group(GROUP), new Awq(bits).group(GROUP)));
    if (bits == 8) {
      methods.addAll(List.of(new SmoothQuant(), new LlmInt8()));
    }
    if (bits == 4) {
      methods.addAll(List.of(new Nf4(), new Fp4()));
    }
    if (bits == 8 || bits == 4) {
      methods.add(new KvCache(bits));
    }
    if (bits < 8) {
      methods.add(Quantize.toBudget(Budget.bitsPerWeight(bits + GRID_BITS / GROUP), width -> new Gptq(width).group(GROUP)));
    }
    if (train != null && bits <= WIDEST_TRAINED) {
      methods.addAll(List.of(trained(new Peqa(bits, steps).group(GROUP), peqa, train),
          trained(new QLora(new Rtn(bits).group(GROUP), steps), qlora, train),
          trained(new Qat(bits, steps).group(GROUP), qat * Math.pow(LESS, WIDEST_TRAINED - bits), train)));
    }
    return methods.stream();
  }

  private <M extends Tuned<M> & Method> Method trained(M method, double rate, Windows train) {
    return method.rate(rate).batch(batch).on(train);
  }
}
