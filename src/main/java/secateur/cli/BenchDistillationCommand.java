package secateur.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import secateur.method.ByTraining;
import secateur.model.Llm;
import secateur.tensor.Devices;

/** {@code secateur bench-distillation}: students of one teacher, taught in several ways with the same number of tokens. */
@Command(name = "bench-distillation",
    description = "Teach students of one model in several ways, all with the same number of tokens: perplexity, what the teacher thinks of their own text, size, speed.",
    footer = {"", "Examples:", "  secateur bench-distillation java-8m --tokens train.u16 --windows 64 --csv out/distillation.csv",
      "  secateur bench-distillation --shares 0.5 --from BLOCKS --methods CROSS_ENTROPY,FORWARD_KL,MINILLM --steps 100 --batch 16"})
final class BenchDistillationCommand extends Work {

  /** Windows that say which of the teacher's weights a student keeps. */
  private static final int FEW = 64;

  @Parameters(index = "0", paramLabel = "TEACHER", defaultValue = "java-8m",
      description = "java-8m (the default), or a directory in the Hugging Face layout.")
  private String name;

  @Option(names = "--shares", paramLabel = "SHARE", split = ",", defaultValue = "0.5,0.25",
      description = "Parameters of the students beside the teacher's (default: ${DEFAULT-VALUE}).")
  private List<Double> shares;

  @Option(names = "--from", paramLabel = "START", defaultValue = "SCRATCH",
      description = "What they begin with: ${COMPLETION-CANDIDATES}; random weights, or the teacher's without some blocks or channels (default: ${DEFAULT-VALUE}).")
  private StudentStart start;

  @Option(names = "--methods", paramLabel = "METHOD", split = ",", defaultValue = "CROSS_ENTROPY,FORWARD_KL,REVERSE_KL,SEQUENCE_KD,MINILLM,GKD",
      description = "${COMPLETION-CANDIDATES} (default: all).")
  private List<Teaching.Way> ways;

  @Mixin
  private StudentText text;

  @Option(names = "--rate", paramLabel = "R", defaultValue = "0.002", description = "Peak learning rate (default: ${DEFAULT-VALUE}).")
  private double rate;

  @Mixin
  private StudentWriting writing;

  @Mixin
  private TestText test;

  @Option(names = "--csv", paramLabel = "FILE", description = "Write the table as CSV, anew after each row.")
  private Path csv;

  private DistillationTable table;
  private RuntimeException failure;

  @Override
  void work() throws Exception {
    say("Device: " + Devices.describe());
    try (Llm teacher = Llm.load(name)) {
      say(teacher.toString());
      Teaching teaching = new Teaching(teacher, text.windows(), text, writing, rate);
      table = new DistillationTable(teacher, test.windows(), writing.draw(), teaching.protocol(ways));
      try (Lesson none = new Lesson(teacher.share(), 0, 0)) {
        add("teacher", "", none);
      }
      try {
        for (double share : shares) {
          teach(teaching, share);
        }
      } catch (CancellationException e) {
        failure = e;
      }
    }
    new Results(spec.commandLine().getOut()).show(table.table());
    if (failure != null) {
      throw failure;
    }
  }

  /** Teaches students of {@code share} of the parameters in every way. */
  private void teach(Teaching teaching, double share) {
    Llm teacher = teaching.teacher();
    String label = String.format(Locale.ROOT, "%.3g%%", 100 * share);
    try (Lesson none = new Lesson(start.student(teacher, share).apply(teacher, teaching.some(FEW)), 0, 0)) {
      ways.stream().filter(way -> !way.after()).forEach(way -> attempt(teaching, none, teaching.method(way), made -> add(label, way.label(), made)));
      if (ways.stream().anyMatch(Teaching.Way::after)) {
        attempt(teaching, none, teaching.beginning(), begun -> ways.stream().filter(Teaching.Way::after)
            .forEach(way -> attempt(teaching, begun, teaching.method(way), made -> add(label, way.label(), made))));
      }
    }
  }

  /** What fails is said, and the others go on. */
  private void attempt(Teaching teaching, Lesson before, ByTraining<?> method, Consumer<Lesson> made) {
    try (Lesson lesson = before.then(method, teaching.windows())) {
      say(String.format(Locale.ROOT, "%s: %,d tokens, %.0f s", Teaching.words(method), lesson.tokens() - before.tokens(), lesson.seconds() - before.seconds()));
      made.accept(lesson);
    } catch (CancellationException e) {
      throw e;
    } catch (RuntimeException e) {
      say(Teaching.words(method) + " failed: " + Failure.sentence(e));
      failure = failure == null ? e : failure;
    }
  }

  private void add(String student, String method, Lesson lesson) {
    say("%s: %s".formatted((student + " " + method).strip(), table.add(student, method, lesson)));
    if (csv != null) {
      try {
        Outputs.csv(table.table(), csv);
      } catch (IOException e) {
        throw new UncheckedIOException("cannot write " + csv, e);
      }
    }
  }
}
