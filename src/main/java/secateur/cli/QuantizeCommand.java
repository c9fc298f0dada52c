package secateur.cli;

import picocli.CommandLine.Command;

@Command(name = "quantize", description = "Quantize a model, measure the result and save it.",
    footer = {"", "Examples:", "  secateur quantize java-8m \"Gptq(4).group(64)\" --out out/gptq4",
      "  secateur quantize java-8m \"Wanda(0.5).then(new Gptq(4))\" --out out/both"})
final class QuantizeCommand extends StepWork {}
