package secateur.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import secateur.course.Entry;
import secateur.grade.ClassFolder;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

@Command(name = "leaderboard", description = "Rank graded submissions by perplexity, among those whose file is within the budget.")
final class CourseLeaderboard implements Callable<Integer> {

  private static final double MIB = 1 << 20;

  @Spec
  private CommandSpec spec;

  @Parameters(paramLabel = "DIR", description = "The class's directory.")
  private Path directory;

  @Option(names = "--budget", paramLabel = "MIB", description = "The largest file that counts; without it, any does.")
  private Double budget;

  private record Place(String student, Entry entry) {}

  @Override
  public Integer call() throws IOException {
    if (budget != null && !(budget > 0)) {
      throw new ParameterException(spec.commandLine(), "--budget is " + budget + "; it is above 0");
    }
    List<Place> places = new ClassFolder(directory).marks().stream().filter(row -> row.marks().entry().isPresent())
        .map(row -> new Place(row.handed().student(), row.marks().entry().get()))
        .filter(place -> budget == null || place.entry().bytes() <= budget * MIB)
        .sorted(Comparator.comparingDouble((Place place) -> place.entry().perplexity()).thenComparing(place -> place.entry().bytes())).toList();
    Table table = Table.create("", IntColumn.create("rank", IntStream.rangeClosed(1, places.size()).toArray()),
        StringColumn.create("student", places.stream().map(Place::student)),
        DoubleColumn.create("perplexity", places.stream().mapToDouble(place -> place.entry().perplexity()).toArray()),
        DoubleColumn.create("MiB", places.stream().mapToDouble(place -> place.entry().bytes() / MIB).toArray()));
    PrintWriter out = spec.commandLine().getOut();
    out.print(TextTable.of(table, Terminal.columns()));
    out.flush();
    return 0;
  }
}
