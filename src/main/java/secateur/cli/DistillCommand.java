package secateur.cli;

import picocli.CommandLine.Command;

@Command(name = "distill", description = "Teach a model, the student, by another, measure the result and save it.",
    footer = {"", "Examples:", "  secateur distill java-8m \"DropLayers(4).then(new LogitKd(Llm.load(\\\"java-8m\\\"), 400))\" --out out/half",
      "  secateur distill java-8m \"Student(0.25).then(new SequenceKd(Llm.load(\\\"java-8m\\\"), 400))\" --out out/quarter"})
final class DistillCommand extends StepWork {}
