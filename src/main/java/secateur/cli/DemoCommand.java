package secateur.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import secateur.lab.Lab;
import secateur.method.Method;
import secateur.model.Llm;
import secateur.model.Sampler;
import secateur.prune.Magnitude;
import secateur.prune.SparseGpt;
import secateur.prune.Wanda;
import secateur.quantize.Gptq;
import secateur.quantize.Rtn;
import secateur.tensor.Devices;
import secateur.text.Corpus;
import secateur.text.Windows;

@Command(name = "demo", description = "Compress the bundled model by nine methods, and compare them.",
    footer = {"", "Examples:", "  secateur demo", "  secateur demo --windows 64 --out out/demo64"})
final class DemoCommand extends Work {

  private static final int LENGTH = 512;
  private static final int TOKENS = 48;
  private static final String PROMPT = "    public int indexOf(";
  private static final Method SAMPLED = new Gptq(3);

  @Option(names = "--windows", paramLabel = "N", defaultValue = "16",
      description = "Windows of 512 tokens to calibrate on, and as many to measure on (default: ${DEFAULT-VALUE}).")
  private int windows;

  @Option(names = "--out", paramLabel = "DIR", defaultValue = "out/demo", description = "Where the results go (default: ${DEFAULT-VALUE}).")
  private Path out;

  @Option(names = "--length", hidden = true, defaultValue = "" + LENGTH)
  private int length;

  @Option(names = "--model", hidden = true, defaultValue = "java-8m")
  private String name;

  @Override
  void work() throws IOException {
    say("Device: " + Devices.describe());
    Windows text = Corpus.load("java").windows(windows, length);
    try (Llm model = Llm.load(name); Lab lab = new Lab(model, text, Corpus.load("java:test").windows(windows, length))) {
      say("Model: " + model);
      say("Texts: " + Lines.count(windows, "window") + " of " + length
          + " tokens, Java that the model has not seen: \"java\" to calibrate on, \"java:test\" to measure on\n");
      Contest contest = Contest.of(lab, methods());
      new Results(spec.commandLine().getOut()).show(contest.comparison().table());
      say("\nTable, charts and report:");
      Outputs.all(contest.comparison(), out).forEach(file -> say("  " + file));
      contest.finish();
      samples(model, text);
    }
  }

  private static List<Method> methods() {
    return List.of(new Magnitude(0.5), new Wanda(0.5), new SparseGpt(0.5), new SparseGpt(2, 4),
        new Rtn(4), new Gptq(4), new Rtn(3), new Gptq(3), new Wanda(0.5).then(new Gptq(4)));
  }

  private void samples(Llm model, Windows text) {
    say("\nThe model as it was:\n" + sample(model));
    try (Llm small = SAMPLED.apply(model, text)) {
      say("\nAfter " + SAMPLED + ":\n" + sample(small));
    }
  }

  private static String sample(Llm model) {
    return Lines.indented(model.generate(PROMPT, TOKENS, Sampler.GREEDY));
  }
}
