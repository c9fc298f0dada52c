package secateur.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import secateur.distill.ChainOfThought;
import secateur.distill.FineTune;
import secateur.distill.Rationales;
import secateur.distill.StepByStep;
import secateur.distill.Student;
import secateur.export.HuggingFace;
import secateur.lab.Scores;
import secateur.measure.Accuracy;
import secateur.measure.Size;
import secateur.method.Method;
import secateur.model.Llm;
import secateur.tensor.Devices;
import secateur.text.Examples;
import secateur.text.Form;
import secateur.text.Windows;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.Table;

/** {@code secateur bench-reasoning}: what students learn that are taught answers alone, or to reason as well. */
@Command(name = "bench-reasoning",
    description = "Teach equal students one task in three ways: answers alone, chain of thought, step by step; accuracy by level on questions never seen.",
    footer = {"", "Examples:", "  secateur pretrain --task arithmetic --out teacher", "  secateur bench-reasoning teacher --task arithmetic --csv out/reasoning.csv"})
final class BenchReasoningCommand extends Work {

  /** Of the questions to teach by; the teacher's own have seed 1. */
  private static final long SEED = 2;

  private static final Windows NONE = Windows.of(new long[][] {{0, 0}});

  @Parameters(index = "0", paramLabel = "TEACHER", description = "A directory that pretrain --task has written.")
  private String name;

  @Mixin
  private TaskChoice choice;

  @Option(names = "--share", paramLabel = "SHARE", defaultValue = "0.5", description = "Parameters of a student beside the teacher's (default: ${DEFAULT-VALUE}).")
  private double share;

  @Option(names = "--questions", paramLabel = "N", defaultValue = "5000", description = "Questions to teach by (default: ${DEFAULT-VALUE}).")
  private int questions;

  @Option(names = "--samples", paramLabel = "N", defaultValue = "2", description = "Rationales drawn for each (default: ${DEFAULT-VALUE}).")
  private int samples;

  @Option(names = "--steps", paramLabel = "N", defaultValue = "2000", description = "Steps of each student (default: ${DEFAULT-VALUE}).")
  private int steps;

  @Option(names = "--batch", paramLabel = "N", defaultValue = "64", description = "Questions in a step (default: ${DEFAULT-VALUE}).")
  private int batch;

  @Option(names = "--rate", paramLabel = "R", defaultValue = "0.002", description = "Peak learning rate (default: ${DEFAULT-VALUE}).")
  private double rate;

  @Option(names = "--examples", paramLabel = "N", defaultValue = "500", description = "Held-out questions to measure with (default: ${DEFAULT-VALUE}).")
  private int examples;

  @Option(names = "--out", paramLabel = "DIR", description = "Save the students in directories there.")
  private Path out;

  @Option(names = "--csv", paramLabel = "FILE", description = "Write the table as CSV.")
  private Path csv;

  private Scores scores;
  private final List<Double> sizes = new ArrayList<>();

  @Override
  void work() throws Exception {
    if (!choice.given()) {
      throw new IllegalArgumentException("--task is missing; for example --task arithmetic");
    }
    say("Device: " + Devices.describe());
    scores = Scores.on(choice.task().heldOut(examples, 1));
    try (Llm teacher = Llm.load(name); Llm student = new Student(share).apply(teacher, NONE)) {
      add("teacher, chain of thought", teacher, Form.CHAIN_OF_THOUGHT);
      Examples asked = choice.task().examples(questions, SEED);
      Examples lessons = new Rationales(teacher, asked).samples(samples).examples();
      say(lessons.toString());
      teach("direct", student, new FineTune(asked, steps).rate(rate).batch(batch), Form.DIRECT);
      teach("chain-of-thought", student, new ChainOfThought(lessons, steps).rate(rate).batch(batch), Form.CHAIN_OF_THOUGHT);
      teach("step-by-step", student, new StepByStep(lessons, steps).rate(rate).batch(batch), Form.LABEL);
    }
    Table table = table();
    new Results(spec.commandLine().getOut()).show(table);
    if (csv != null) {
      Outputs.csv(table, csv);
      say("wrote " + csv);
    }
  }

  private void teach(String directory, Llm student, Method method, Form form) {
    try (Llm taught = method.apply(student, NONE)) {
      add("student, " + method, taught, form);
      if (out != null) {
        HuggingFace.save(taught, out.resolve(directory));
      }
    }
  }

  private void add(String label, Llm model, Form form) {
    scores = scores.and(label, model, form);
    sizes.add(Size.of(model).parameters() / 1e6);
    Accuracy accuracy = scores.models().get(label);
    say("%s: %.1f%% (by level %s)".formatted(label, 100 * accuracy.value(), TaskTraining.byLevel(accuracy)));
  }

  private Table table() {
    return scores.table().insertColumn(1, DoubleColumn.create("params M", sizes));
  }
}
