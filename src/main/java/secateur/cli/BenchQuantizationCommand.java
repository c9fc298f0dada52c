package secateur.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import secateur.lab.Lab;
import secateur.method.Method;
import secateur.method.Tuned;
import secateur.model.Llm;
import secateur.quantize.Awq;
import secateur.quantize.Fp4;
import secateur.quantize.Gptq;
import secateur.quantize.Hqq;
import secateur.quantize.LlmInt8;
import secateur.quantize.Nf4;
import secateur.quantize.Peqa;
import secateur.quantize.QLora;
import secateur.quantize.Qat;
import secateur.quantize.Rtn;
import secateur.quantize.SmoothQuant;
import secateur.tensor.Devices;
import secateur.text.Corpus;
import secateur.text.Windows;
import tech.tablesaw.api.Table;

@Command(name = "bench-quantization", description = "Measure quantization on one model: each method at each width, in groups of 64.",
    footer = {"", "Examples:", "  secateur bench-quantization java-8m --windows 64 --csv out/quantization.csv", "  secateur bench-quantization java-8m --steps 0 --bits 4,3"})
final class BenchQuantizationCommand extends Work {

  private static final int LENGTH = 512;
  private static final int GROUP = 64;
  private static final int WIDEST_TRAINED = 4;

  @Parameters(index = "0", paramLabel = "MODEL", defaultValue = "java-8m",
      description = "java-8m (the default), or a directory in the Hugging Face layout.")
  private String name;

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

  @Option(names = "--qat", paramLabel = "R", defaultValue = "0.0003", description = "Peak rate of QAT (default: ${DEFAULT-VALUE}).")
  private double qat;

  @Option(names = "--csv", paramLabel = "FILE", description = "Write the whole table as CSV.")
  private Path csv;

  @Mixin
  private Texts texts;

  @Override
  void work() throws Exception {
    say("Device: " + Devices.describe());
    try (Llm model = Llm.load(name); Lab lab = texts.lab(model)) {
      say(model.toString());
      Windows train = steps == 0 ? null : Corpus.load("java").windows(windows, LENGTH);
      Contest contest = Contest.of(lab, widths.stream().flatMap(bits -> methods(bits, train)).toList());
      Table table = contest.comparison().table();
      new Results(spec.commandLine().getOut()).show(table);
      if (csv != null) {
        Outputs.csv(table, csv);
        say("wrote " + csv);
      }
      contest.finish();
    }
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
    if (train != null && bits <= WIDEST_TRAINED) {
      methods.addAll(List.of(trained(new Peqa(bits, steps).group(GROUP), peqa, train),
          trained(new QLora(new Rtn(bits).group(GROUP), steps), qlora, train),
          trained(new Qat(bits, steps).group(GROUP), qat, train)));
    }
    return methods.stream();
  }

  private <M extends Tuned<M> & Method> Method trained(M method, double rate, Windows train) {
    return method.rate(rate).batch(batch).on(train);
  }
}
