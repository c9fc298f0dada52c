package secateur.grade;

import com.google.gson.JsonArray;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import secateur.course.Cell;
import secateur.course.Entry;
import secateur.course.Grading;
import secateur.course.Task;
import secateur.course.Unit;
import secateur.grade.Step.Kind;

/** One submission that is being graded. */
final class Trial {

  private static final long MOST_SHOWN = 1L << 26;

  private final List<Step> steps;
  private final List<String> notes;
  private final Limits limits;
  private final Sandbox sandbox;
  private final long end;
  private final Map<Integer, Answer> answers = new HashMap<>();
  private final Map<String, String> hints = new HashMap<>();
  private final Set<String> stopped = new HashSet<>();
  private final Set<Integer> skipped = new HashSet<>();
  private long shown;

  Trial(Submission submission, Limits limits, Sandbox sandbox) {
    steps = submission.steps();
    notes = new ArrayList<>(submission.notes());
    this.limits = limits;
    this.sandbox = sandbox;
    end = System.nanoTime() + limits.whole().toNanos();
  }

  Graded graded(Unit unit) throws IOException {
    int last = -1;
    for (int stopped = attempt(); stopped >= 0 && stopped != last; stopped = attempt()) {
      last = stopped;
    }
    List<Cell> cells = new ArrayList<>();
    List<Mark> marks = new ArrayList<>();
    Optional<Entry> entry = Optional.empty();
    for (int i = 0; i < steps.size(); i++) {
      Step step = steps.get(i);
      Answer answer = answers.get(i);
      cells.add(step.cell().isCode() ? step.cell().withOutputs(answer == null ? new JsonArray() : answer.outputs()) : step.cell());
      if (step.kind() == Kind.TEST) {
        marks.add(mark(step, answer));
        entry = answer == null || answer.entry().isEmpty() ? entry : answer.entry();
      }
    }
    return new Graded(unit.exercise().with(cells), new Marks(marks, notes, entry));
  }

  /** Runs what has not been run; the place of the cell that ended it, or -1. */
  private int attempt() throws IOException {
    Duration left = Duration.ofNanos(end - System.nanoTime());
    if (left.toMillis() <= 0) {
      return -1;
    }
    int at = -1;
    try (Child child = new Child(limits.within(limits.cell(), left), sandbox)) {
      for (at = 0; at < steps.size(); at++) {
        if (steps.get(at).cell().isCode() && wanted(at)) {
          run(child, at);
        }
      }
      return -1;
    } catch (Stopped e) {
      if (at < 0 && answers.isEmpty() && skipped.isEmpty()) {
        throw new IOException(e.getMessage()); // the machine's fault
      }
      stop(at, e.getMessage());
      return Math.max(at, 0);
    }
  }

  /** Tests run again, because later ones may use what they declare; their first answer counts. */
  private boolean wanted(int at) {
    Step step = steps.get(at);
    return !skipped.contains(at) && !(step.kind() == Kind.TEST && stopped.contains(step.task()));
  }

  private void run(Child child, int at) throws Stopped {
    Step step = steps.get(at);
    Answer answer = child.run(step.source(), step.isStudents() ? number(at) : 0, false);
    keep(at, answer);
    if (step.kind() == Kind.ANSWER) {
      answer.hint().ifPresent(hint -> hints.put(step.task(), hint));
    }
  }

  private void keep(int at, Answer answer) {
    if (answers.containsKey(at) && steps.get(at).kind() == Kind.TEST) {
      return;
    }
    shown += answer.length();
    answers.put(at, shown > MOST_SHOWN && steps.get(at).isStudents() ? answer.withoutOutputs() : answer); // a test's say what it brings
  }

  /** The place of a cell among those of code, from 1, which is the number that Jupyter gives it. */
  private int number(int at) {
    return (int) steps.subList(0, at + 1).stream().filter(step -> step.cell().isCode()).count();
  }

  private void stop(int at, String reason) {
    Step step = at < 0 ? null : steps.get(at);
    notes.add(step == null ? reason : "cell " + number(at) + step.cell().grading().map(Grading::id).map(id -> " (" + id + ")").orElse("") + ": " + reason);
    if (step != null) {
      skipped.add(at);
      stopped.add(step.task());
      hints.putIfAbsent(step.task(), reason);
      for (int i = 0; i < steps.size(); i++) {
        if (!step.task().isEmpty() && steps.get(i).task().equals(step.task()) && steps.get(i).kind() == Kind.ANSWER) {
          skipped.add(i);
        }
      }
    }
  }

  private Mark mark(Step step, Answer answer) {
    double most = Task.points(step.cell());
    double points = answer == null ? 0 : answer.points(most);
    Optional<String> hint = Optional.ofNullable(hints.get(step.task())).or(() -> answer == null ? Optional.of("it was not run: " + last()) : answer.hint());
    return new Mark(step.cell().grading().orElseThrow().id(), step.task(), points, most, points < most ? hint.orElse("it brings a part of its points") : "");
  }

  private String last() {
    return notes.isEmpty() ? "the time was over" : notes.get(notes.size() - 1);
  }
}
