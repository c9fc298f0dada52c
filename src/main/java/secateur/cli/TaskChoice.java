package secateur.cli;

import java.util.Arrays;
import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;
import secateur.text.Examples;
import secateur.text.Form;
import secateur.text.Task;

/** Options: a task, and how its questions are written. */
final class TaskChoice {

  @Option(names = "--task", paramLabel = "TASK", converter = TaskNames.class, description = "arithmetic, last-letters or coin-flips.")
  private Task task;

  @Option(names = "--levels", paramLabel = "N", defaultValue = "5", description = "Its hardest level, which is a number of steps (default: ${DEFAULT-VALUE}).")
  private int levels;

  @Option(names = "--form", paramLabel = "FORM", defaultValue = "chain-of-thought", converter = FormNames.class,
      description = "How its questions and answers are written: direct, chain-of-thought, label or rationale (default: ${DEFAULT-VALUE}).")
  private Form form;

  /** Whether there is one. */
  boolean given() {
    return task != null;
  }

  Task task() {
    return task.upTo(levels);
  }

  Form form() {
    return form;
  }

  /** {@code count} questions that no model has learned from. */
  Examples heldOut(int count, long seed) {
    return task().heldOut(count, seed).as(form);
  }

  private static final class TaskNames implements ITypeConverter<Task> {

    @Override
    public Task convert(String name) {
      try {
        return Task.named(name);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }

  private static final class FormNames implements ITypeConverter<Form> {

    @Override
    public Form convert(String name) {
      List<String> all = Arrays.stream(Form.values()).map(form -> form.toString().replace(' ', '-')).toList();
      if (!all.contains(name)) {
        throw new TypeConversionException("no form \"" + name + "\"; allowed are " + String.join(", ", all));
      }
      return Form.values()[all.indexOf(name)];
    }
  }
}
