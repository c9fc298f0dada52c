package secateur.kernel;

import java.lang.reflect.Field;
import java.util.List;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.Snippet.SubKind;
import jdk.jshell.VarSnippet;

/** The variables of a session, with their values as objects. */
final class Variables {

  /**
   * A variable that the user named.
   *
   * @param type as Java writes it
   */
  record Variable(String name, String type, Object value) {}

  private final JShell shell;
  private final Execution execution;

  Variables(JShell shell, Execution execution) {
    this.shell = shell;
    this.execution = execution;
  }

  /** In the order in which they were declared. */
  List<Variable> named() {
    return shell.variables().filter(this::isValid).filter(variable -> !isUnnamed(variable))
        .map(variable -> new Variable(variable.name(), type(variable), value(field(variable)))).toList();
  }

  /** The type without its packages: {@code List<NDArray>}. */
  static String type(VarSnippet variable) {
    return variable.typeName().replaceAll("\\b(?:[a-z_]\\w*\\.)+(?=[A-Z])", "");
  }

  /** Lets go of results that only JShell has a name for, {@code $1} and so on. */
  void forgetUnnamed() {
    shell.variables().filter(this::isValid).filter(Variables::isUnnamed).toList().forEach(variable -> {
      clear(field(variable));
      shell.drop(variable);
    });
  }

  private boolean isValid(Snippet variable) {
    return shell.status(variable) == Snippet.Status.VALID;
  }

  private static boolean isUnnamed(VarSnippet variable) {
    return variable.subKind() == SubKind.TEMP_VAR_EXPRESSION_SUBKIND;
  }

  private Field field(VarSnippet variable) {
    shell.varValue(variable);
    return execution.variable();
  }

  private static Object value(Field field) {
    try {
      return field.get(null);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void clear(Field field) {
    try {
      if (!field.getType().isPrimitive()) {
        field.set(null, null);
      }
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }
}
