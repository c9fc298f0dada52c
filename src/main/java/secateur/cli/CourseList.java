package secateur.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import secateur.course.Course;
import secateur.course.Marking;
import secateur.course.Task;
import secateur.course.Unit;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

@Command(name = "list", description = "List the units, with their tasks and points.")
final class CourseList implements Callable<Integer> {

  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() {
    List<Unit> units = Course.here().units();
    Table table = Table.create("",
        StringColumn.create("unit", units.stream().map(Unit::folder)),
        StringColumn.create("title", units.stream().map(Unit::title)),
        StringColumn.create("points", units.stream().map(Unit::points).map(Marking::text)),
        StringColumn.create("tasks", units.stream().map(unit -> unit.tasks().stream().map(Task::name).collect(Collectors.joining(", ")))));
    PrintWriter out = spec.commandLine().getOut();
    out.print(TextTable.of(table, Integer.MAX_VALUE));
    out.flush();
    return 0;
  }
}
