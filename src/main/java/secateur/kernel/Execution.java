package secateur.kernel;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import jdk.jshell.execution.LocalExecutionControl;
import jdk.jshell.spi.ExecutionControl;
import jdk.jshell.spi.ExecutionControlProvider;
import jdk.jshell.spi.ExecutionEnv;

/** Runs snippets in this JVM, by the JDK's own means of stopping them, and keeps their values. */
final class Execution extends LocalExecutionControl {

  private static final Predicate<String> HARMLESS_TO_STOP =
      name -> name.startsWith("REPL.") || name.startsWith("java.") || name.startsWith("jdk.")
          || name.startsWith("sun.") || name.equals(Trampoline.class.getName());

  private final VariableFields fields = new VariableFields();
  private Field variable;

  static ExecutionControlProvider provider(Execution execution) {
    return new ExecutionControlProvider() {
      @Override
      public String name() {
        return "secateur";
      }

      @Override
      public ExecutionControl generate(ExecutionEnv env, Map<String, String> parameters) {
        return execution;
      }
    };
  }

  @Override
  public void load(ClassBytecodes[] classes) throws ClassInstallException, NotImplementedException, EngineTerminationException {
    super.load(classes);
    fields.add(Arrays.stream(classes).<Class<?>>map(each -> loaded(each.name())).toList());
  }

  /** Variables that are null because their own class was declared anew, each said once. */
  List<String> lost() {
    return fields.lost();
  }

  @Override
  public void close() {
    fields.clear();
    super.close();
  }

  private Class<?> loaded(String name) {
    try {
      return findClass(name);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  protected String invoke(Method snippet) throws Exception {
    Trampoline.aim(snippet);
    return super.invoke(Trampoline.RUN);
  }

  /** Remembers the variable itself, where JShell makes do with its text. */
  @Override
  public String varValue(String className, String name) throws InternalException {
    try {
      variable = findClass(className).getDeclaredField(name);
      variable.setAccessible(true); // the class around it is JShell's
      return "";
    } catch (ReflectiveOperationException e) {
      throw new InternalException(e.toString());
    }
  }

  /** The static field of the variable that {@code JShell.varValue} asked for last. */
  Field variable() {
    return variable;
  }

  Object value() {
    return Trampoline.value();
  }

  Throwable failure() {
    return Trampoline.failure();
  }

  boolean running() {
    return Trampoline.runner() != null;
  }

  /** Wakes the snippet from sleeps, waits and blocking reads. */
  void wake() {
    Thread runner = Trampoline.runner();
    if (runner != null) {
      runner.interrupt();
    }
  }

  /** The library method that the user's code called and that runs now, for example {@code java.util.Arrays.sort}. */
  Optional<String> called() {
    Thread runner = Trampoline.runner();
    String call = null;
    for (StackTraceElement frame : runner == null ? new StackTraceElement[0] : runner.getStackTrace()) {
      if (frame.getClassName().startsWith("REPL.")) {
        return Optional.ofNullable(call);
      }
      call = frame.getClassName() + "." + frame.getMethodName();
    }
    return Optional.empty();
  }

  /** Whether only the user's and the JDK's methods are on the stack, so that stopping harms no library. */
  boolean inUserCode() {
    Thread runner = Trampoline.runner();
    return runner != null
        && Arrays.stream(runner.getStackTrace()).map(StackTraceElement::getClassName).allMatch(HARMLESS_TO_STOP);
  }
}
