package secateur.cli;

import picocli.CommandLine.Command;

@Command(name = "prune", description = "Prune a model, measure the result and save it.",
    footer = {"", "Examples:", "  secateur prune java-8m \"SparseGpt(0.5)\" --out out/half",
      "  secateur prune java-8m \"Wanda(2, 4)\" --out out/wanda24 --windows 64"})
final class PruneCommand extends StepWork {}
