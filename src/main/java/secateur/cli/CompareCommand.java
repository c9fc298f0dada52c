package secateur.cli;

import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import secateur.lab.Lab;
import secateur.method.Method;
import secateur.model.Llm;
import tech.tablesaw.api.Table;

@Command(name = "compare", description = "Apply several methods to one model and compare the results.",
    footer = {"", "Examples:", "  secateur compare java-8m \"Magnitude(0.5)\" \"Wanda(0.5)\" \"SparseGpt(0.5)\"",
      "  secateur compare java-8m \"Rtn(4)\" \"Gptq(4).group(64)\" \"Wanda(0.5).then(new Gptq(4))\" --html out/report.html"})
final class CompareCommand extends Work {

  @Parameters(index = "0", paramLabel = "MODEL", description = "java-8m, or a directory in the Hugging Face layout.")
  private String name;

  @Parameters(index = "1..*", arity = "1..*", paramLabel = "METHOD", description = "Methods in Java, without the word new.")
  private List<String> expressions;

  @Option(names = "--html", paramLabel = "FILE", description = "Write table and charts to one HTML file.")
  private Path html;

  @Option(names = "--csv", paramLabel = "FILE", description = "Write the whole table as CSV.")
  private Path csv;

  @Mixin
  private Texts texts;

  @Override
  void work() throws Exception {
    List<Method> methods = Methods.of(expressions);
    try (Llm model = Llm.load(name); Lab lab = texts.lab(model)) {
      say(model.toString());
      Contest contest = Contest.of(lab, methods);
      Table table = contest.comparison().table();
      say("");
      new Results(spec.commandLine().getOut()).show(table);
      write(contest, table);
      contest.finish();
    }
  }

  private void write(Contest contest, Table table) throws Exception {
    if (html != null) {
      Outputs.parent(html);
      contest.comparison().report(html);
      say("wrote " + html);
    }
    if (csv != null) {
      Outputs.csv(table, csv);
      say("wrote " + csv);
    }
  }
}
