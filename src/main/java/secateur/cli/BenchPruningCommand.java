package secateur.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import secateur.measure.Size;
import secateur.method.Importance;
import secateur.method.Method;
import secateur.model.Block;
import secateur.model.Linear;
import secateur.model.Llm;
import secateur.prune.DropLayers;
import secateur.prune.LlmPruner;
import secateur.prune.LoraPrune;
import secateur.prune.PruneChannels;
import secateur.prune.Recover;
import secateur.text.Corpus;
import secateur.text.Windows;

@Command(name = "bench-pruning",
    description = "Measure structured pruning on one model: each method with a fifth and with half of the parameters gone, before and after recovery.",
    footer = {"", "Examples:", "  secateur bench-pruning java-8m --windows 64 --csv out/pruning.csv", "  secateur bench-pruning java-8m --steps 0"})
final class BenchPruningCommand extends BenchWork {

  private static final int LENGTH = 512;

  @Option(names = "--steps", paramLabel = "N", defaultValue = "100",
      description = "Steps of recovery (default: ${DEFAULT-VALUE}); 0 leaves recovery and LoRAPrune out.")
  private int steps;

  @Option(names = "--batch", paramLabel = "N", defaultValue = "32", description = "Windows of 512 tokens in a step (default: ${DEFAULT-VALUE}).")
  private int batch;

  @Option(names = "--rate", paramLabel = "R", defaultValue = "0.001", description = "Peak learning rate of LoRA (default: ${DEFAULT-VALUE}).")
  private double rate;

  @Option(names = "--parameters", paramLabel = "SHARE", split = ",", defaultValue = "0.2,0.5",
      description = "Shares of the parameters to remove (default: ${DEFAULT-VALUE}).")
  private List<Double> shares;

  @Option(names = "--recovery", paramLabel = "N", defaultValue = "1600", description = "Windows to recover on (default: ${DEFAULT-VALUE}).")
  private int windows;

  @Override
  List<Method> methods(Llm model) {
    Windows train = steps == 0 ? null : Corpus.load("java").windows(windows, LENGTH);
    return shares.stream().flatMap(share -> methods(model, share, train).stream()).toList();
  }

  /** Every method, and every method with recovery, that removes {@code share} of all parameters. */
  private List<Method> methods(Llm model, double share, Windows train) {
    double width = width(model, share);
    List<Method> methods = new ArrayList<>(Stream.of(Importance.random(0), Importance.l2(), Importance.taylor(), Importance.taylor().second(),
        Importance.taylor().mixed(), Importance.taylor().vector()).map(importance -> new LlmPruner(width).by(importance)).toList());
    methods.add(new PruneChannels(share).by(Importance.taylor()));
    methods.add(new DropLayers(blocks(model, share)));
    if (train == null) {
      return methods;
    }
    Recover recover = new Recover(steps).rate(rate).batch(batch).on(train);
    int blocks = model.blocks().size();
    methods.add(new LoraPrune(width).training(recover).protect(blocks / 8, blocks / 16)); // LLM-Pruner's protection
    return methods.stream().flatMap(method -> Stream.of(method, method.then(recover))).toList();
  }

  /** The share of heads and neurons of the blocks that LLM-Pruner touches which makes up {@code share} of all parameters. */
  private static double width(Llm model, double share) {
    int blocks = model.blocks().size();
    return share * Size.of(model).parameters() / (perBlock(model) * (blocks - blocks / 8 - blocks / 16));
  }

  /** How many blocks of {@code model} make up {@code share} of all parameters. */
  static int blocks(Llm model, double share) {
    return (int) Math.round(share * Size.of(model).parameters() / perBlock(model));
  }

  private static double perBlock(Llm model) {
    Block block = model.blocks().get(0);
    return block.roles().stream().map(block::layer).mapToLong(Linear::size).sum();
  }
}
