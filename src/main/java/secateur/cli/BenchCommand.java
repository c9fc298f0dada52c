package secateur.cli;

import java.util.List;
import picocli.CommandLine.Command;
import secateur.method.Method;
import secateur.model.Llm;
import secateur.prune.Magnitude;
import secateur.prune.SparseGpt;
import secateur.prune.Wanda;
import secateur.quantize.Gptq;
import secateur.quantize.Rtn;

@Command(name = "bench", description = "Measure the methods of the README on one model: perplexity, size and speed of each.",
    footer = {"", "Examples:", "  secateur bench java-8m --windows 64", "  SECATEUR_DEVICE=cpu secateur bench java-8m --csv out/bench.csv"})
final class BenchCommand extends BenchWork {

  private static final List<Method> METHODS = List.of(
      new Magnitude(0.5), new Wanda(0.5), new SparseGpt(0.5), new Magnitude(2, 4), new Wanda(2, 4), new SparseGpt(2, 4),
      new Rtn(4), new Gptq(4), new Gptq(4).group(64), new Rtn(3), new Gptq(3), new Gptq(3).group(64),
      new Rtn(2).group(64), new Gptq(2).group(64), new SparseGpt(0.5).bits(4), new Wanda(0.5).then(new Gptq(4)));

  @Override
  List<Method> methods(Llm model) {
    return METHODS;
  }
}
