package secateur.cli;

import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import secateur.lab.Lab;
import secateur.method.Method;
import secateur.model.Llm;
import secateur.tensor.Devices;
import tech.tablesaw.api.Table;

/** Methods measured on one model, as a table. */
abstract class BenchWork extends Work {

  @Parameters(index = "0", paramLabel = "MODEL", defaultValue = "java-8m",
      description = "java-8m (the default), or a directory in the Hugging Face layout.")
  private String name;

  @Option(names = "--csv", paramLabel = "FILE", description = "Write the whole table as CSV.")
  private Path csv;

  @Mixin
  private Texts texts;

  /** What is measured on {@code model}. */
  abstract List<Method> methods(Llm model);

  @Override
  final void work() throws Exception {
    say("Device: " + Devices.describe());
    try (Llm model = Llm.load(name); Lab lab = texts.lab(model)) {
      say(model.toString());
      Contest contest = Contest.of(lab, methods(model));
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
