package secateur.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import secateur.model.Llm;
import secateur.model.Sampler;

@Command(name = "generate", description = "Let a model go on with a text.",
    footer = {"", "Examples:", "  secateur generate java-8m \"public static int max(\"",
      "  secateur generate out/half \"import java.util.\" --tokens 100 --temperature 0"})
final class GenerateCommand extends Work {

  @Parameters(index = "0", paramLabel = "MODEL", description = "java-8m, or a directory in the Hugging Face layout.")
  private String name;

  @Parameters(index = "1", paramLabel = "PROMPT", description = "The text to go on with.")
  private String prompt;

  @Option(names = "--tokens", paramLabel = "N", defaultValue = "64", description = "At most so many more tokens (default: ${DEFAULT-VALUE}).")
  private int tokens;

  @Option(names = "--temperature", paramLabel = "T", defaultValue = "0.8",
      description = "0 takes the likeliest token, more is more daring (default: ${DEFAULT-VALUE}).")
  private double temperature;

  @Option(names = "--seed", paramLabel = "S", defaultValue = "0", description = "The same seed draws the same (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Override
  void work() {
    if (tokens < 1) {
      throw new IllegalArgumentException("--tokens is " + tokens + ", it must be 1 or more");
    }
    Sampler sampler = temperature == 0 ? Sampler.GREEDY : Sampler.temperature(temperature, seed);
    try (Llm model = Llm.load(name)) {
      Typing typing = new Typing(model.tokenizer(), prompt, spec.commandLine().getOut());
      typing.end(model.generate(prompt, tokens, typing.watching(sampler)));
    }
  }
}
