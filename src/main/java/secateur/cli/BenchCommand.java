package secateur.cli;

import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import secateur.lab.Lab;
import secateur.method.Method;
import secateur.model.Llm;
import secateur.prune.Magnitude;
import secateur.prune.SparseGpt;
import secateur.prune.Wanda;
import secateur.quantize.Gptq;
import secateur.quantize.Rtn;
import secateur.tensor.Devices;
import tech.tablesaw.api.Table;

@Command(name = "bench", description = "Measure the methods of the README on one model: perplexity, size and speed of each.",
    footer = {"", "Examples:", "  secateur bench java-8m --windows 64", "  SECATEUR_DEVICE=cpu secateur bench java-8m --csv out/bench.csv"})
final class BenchCommand extends Work {

  private static final List<Method> METHODS = List.of(
      new Magnitude(0.5), new Wanda(0.5), new SparseGpt(0.5), new Magnitude(2, 4), new Wanda(2, 4), new SparseGpt(2, 4),
      new Rtn(4), new Gptq(4), new Gptq(4).group(64), new Rtn(3), new Gptq(3), new Gptq(3).group(64),
      new Rtn(2).group(64), new Gptq(2).group(64), new SparseGpt(0.5).bits(4), new Wanda(0.5).then(new Gptq(4)));

  @Parameters(index = "0", paramLabel = "MODEL", defaultValue = "java-8m",
      description = "java-8m (the default), or a directory in the Hugging Face layout.")
  private String name;

  @Option(names = "--csv", paramLabel = "FILE", description = "Write the whole table as CSV.")
  private Path csv;

  @Mixin
  private Texts texts;

  @Override
  void work() throws Exception {
    say("Device: " + Devices.describe());
    try (Llm model = Llm.load(name); Lab lab = texts.lab(model)) {
      say(model.toString());
      Contest contest = Contest.of(lab, METHODS);
      Table table = contest.comparison().table();
      new Results(spec.commandLine().getOut()).show(table);
      if (csv != null) {
        Outputs.csv(table, csv);
        say("wrote " + csv);
      }
      contest.finish();
    }
  }
}
