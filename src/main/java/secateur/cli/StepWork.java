package secateur.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import secateur.lab.Lab;
import secateur.method.Method;
import secateur.model.Llm;

/** One step of a lab, measured and saved. */
abstract class StepWork extends Work {

  @Parameters(index = "0", paramLabel = "MODEL", description = "java-8m, or a directory in the Hugging Face layout.")
  private String name;

  @Parameters(index = "1", paramLabel = "METHOD", description = "A method in Java, without the word new.")
  private String expression;

  @Option(names = "--out", required = true, paramLabel = "DIR", description = "Where the new model goes; a new or empty directory.")
  private Path out;

  @Mixin
  private Texts texts;

  @Override
  void work() throws IOException {
    Method method = Methods.of(List.of(expression)).get(0);
    checkFree(out);
    try (Llm model = Llm.load(name); Lab lab = texts.lab(model)) {
      say(model.toString());
      lab.step(method);
      say("");
      new Results(spec.commandLine().getOut()).show(lab.table());
      lab.save(out);
      say("\nsaved to " + out);
    }
  }

  private static void checkFree(Path directory) throws IOException {
    if (Files.exists(directory) && !Files.isDirectory(directory)) {
      throw new IllegalArgumentException("--out is " + directory + ", which is a file; a new or empty directory is needed");
    }
    if (Files.isDirectory(directory)) {
      try (Stream<Path> files = Files.list(directory)) {
        if (files.findAny().isPresent()) {
          throw new IllegalArgumentException("--out is " + directory + ", which is not empty; a new or empty directory is needed");
        }
      }
    }
  }
}
