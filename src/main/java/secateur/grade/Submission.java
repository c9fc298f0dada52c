package secateur.grade;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import secateur.course.Cell;
import secateur.course.Grading;
import secateur.course.NotebookFile;
import secateur.course.Release;
import secateur.course.Unit;
import secateur.grade.Step.Kind;

/**
 * A submission, laid over the teacher's notebook: tests and read-only cells are the teacher's, answers are found by their
 * grade_id, and what else the student wrote stays where it stood.
 *
 * @param steps the cells from top to bottom
 * @param notes what is not as it was handed out, one sentence each
 */
record Submission(List<Step> steps, List<String> notes) {

  Submission {
    steps = List.copyOf(steps);
    notes = List.copyOf(notes);
  }

  static Submission of(Unit unit, NotebookFile file) {
    return new Merge(unit, file).submission();
  }

  private static final class Merge {

    private final List<Cell> source;
    private final List<Cell> released;
    private final List<Cell> submitted;
    private final List<Step> steps = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    /** The place of each submitted cell's counterpart in the source; absent where it has none. */
    private final Map<Integer, Integer> places = new LinkedHashMap<>();

    private String task = "";

    Merge(Unit unit, NotebookFile file) {
      source = unit.exercise().cells();
      released = Release.of(unit.exercise()).cells();
      submitted = file.cells();
    }

    Submission submission() {
      match();
      Map<Integer, List<Cell>> before = own();
      for (int at = 0; at < source.size(); at++) {
        before.getOrDefault(at, List.of()).forEach(cell -> steps.add(new Step(Kind.OWN, cell, "")));
        steps.add(step(at));
      }
      before.getOrDefault(source.size(), List.of()).forEach(cell -> steps.add(new Step(Kind.OWN, cell, "")));
      return new Submission(steps, notes);
    }

    private void match() {
      for (int i = 0; i < submitted.size(); i++) {
        Optional<Integer> place = counterpart(submitted.get(i));
        if (place.isPresent() && places.containsValue(place.get())) {
          submitted.get(i).gradeId().ifPresent(id -> notes.add("more than one cell has the grade_id " + id + ": the first counts"));
        }
        if (place.isPresent() && !places.containsValue(place.get())) {
          places.put(i, place.get());
        }
      }
    }

    /** By grade_id where the teacher's cell has one, else by the cell's id, else by its text. */
    private Optional<Integer> counterpart(Cell cell) {
      Optional<Integer> graded = cell.gradeId().flatMap(id -> find(each -> each.grading().map(Grading::id).filter(id::equals).isPresent()));
      return graded.or(() -> cell.id().flatMap(id -> find(each -> each.grading().isEmpty() && each.id().filter(id::equals).isPresent())))
          .or(() -> find(each -> each.grading().isEmpty() && each.source().equals(cell.source())));
    }

    private Optional<Integer> find(java.util.function.Predicate<Cell> wanted) {
      for (int at = 0; at < source.size(); at++) {
        if (wanted.test(source.get(at))) {
          return Optional.of(at);
        }
      }
      return Optional.empty();
    }

    /** The student's own cells, by the place before which they stand. */
    private Map<Integer, List<Cell>> own() {
      Map<Integer, List<Cell>> own = new HashMap<>();
      int next = source.size();
      for (int i = submitted.size() - 1; i >= 0; i--) {
        next = places.getOrDefault(i, next);
        boolean repeated = counterpart(submitted.get(i)).isPresent();
        if (!places.containsKey(i) && !repeated) {
          own.computeIfAbsent(next, any -> new ArrayList<>()).add(0, submitted.get(i).ungraded());
        }
      }
      return own;
    }

    private Step step(int at) {
      Optional<Cell> theirs = places.entrySet().stream().filter(each -> each.getValue() == at).map(each -> submitted.get(each.getKey())).findFirst();
      Optional<Grading> grading = source.get(at).grading();
      if (grading.isEmpty()) {
        return new Step(theirs.isPresent() ? Kind.OWN : Kind.TEACHER, theirs.map(Cell::ungraded).orElse(source.get(at)), "");
      }
      String id = grading.get().id();
      if (theirs.isEmpty()) {
        notes.add("the cell " + id + " is missing");
      }
      if (grading.get().solution()) {
        task = id;
        return new Step(Kind.ANSWER, released.get(at).withSource(theirs.orElse(released.get(at)).source()), id);
      }
      theirs.filter(cell -> !cell.source().equals(released.get(at).source()) && !cell.source().equals(source.get(at).source()))
          .ifPresent(cell -> notes.add("the cell " + id + " has been changed: the teacher's was run"));
      return grading.get().grade() ? new Step(Kind.TEST, source.get(at), task) : new Step(Kind.TEACHER, source.get(at), "");
    }
  }
}
