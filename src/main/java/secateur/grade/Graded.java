package secateur.grade;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import secateur.course.Entry;
import secateur.course.NotebookFile;

/**
 * A submission with its marks.
 *
 * @param notebook the cells that were run, with their outputs
 * @param marks of all tests
 * @param notes what is not as it was handed out, and why it was stopped, one sentence each
 * @param entry what goes to the leaderboard
 */
public record Graded(NotebookFile notebook, List<Mark> marks, List<String> notes, Optional<Entry> entry) {

  public Graded {
    marks = List.copyOf(marks);
    notes = List.copyOf(notes);
  }

  /** What all of it brought. */
  public double points() {
    return marks.stream().mapToDouble(Mark::points).sum();
  }

  /** What it may bring. */
  public double most() {
    return marks.stream().mapToDouble(Mark::most).sum();
  }

  /** One mark a task: the sum of its tests', with the first hint. */
  public List<Mark> tasks() {
    Map<String, List<Mark>> tasks = marks.stream().collect(Collectors.groupingBy(Mark::task, LinkedHashMap::new, Collectors.toList()));
    return tasks.entrySet().stream().map(each -> sum(each.getKey(), each.getValue())).toList();
  }

  private static Mark sum(String task, List<Mark> marks) {
    String hint = marks.stream().map(Mark::hint).filter(each -> !each.isEmpty()).findFirst().orElse("");
    return new Mark(task, task, marks.stream().mapToDouble(Mark::points).sum(), marks.stream().mapToDouble(Mark::most).sum(), hint);
  }
}
