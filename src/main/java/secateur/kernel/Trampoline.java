package secateur.kernel;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import secateur.tensor.Prompt;

/**
 * The public static method that JShell's execution thread enters instead of a snippet's own.
 * It keeps the snippet's value or failure as objects, where JShell itself keeps only text.
 * Public because JShell calls it by reflection; of no use to anyone else.
 */
public final class Trampoline {

  static final Method RUN = method();

  private static final long AT_MOST_NS = 10_000_000_000L;

  private static volatile Method snippet;
  private static volatile Thread caller;
  private static volatile Thread runner;
  private static volatile Object value;
  private static volatile Throwable failure;

  private Trampoline() {}

  /** Runs the snippet that was aimed at. */
  @SuppressWarnings("try")
  public static Object run() throws Throwable {
    runner = Thread.currentThread();
    awaitJoin();
    try (Prompt scope = new Prompt()) {
      value = snippet.invoke(null);
    } catch (InvocationTargetException e) {
      failure = e.getCause();
      throw e.getCause();
    } finally {
      runner = null;
    }
    return null;
  }

  static void aim(Method method) {
    snippet = method;
    caller = Thread.currentThread();
    value = null;
    failure = null;
  }

  static Object value() {
    return value;
  }

  static Throwable failure() {
    return failure;
  }

  /** The thread that runs a snippet now, or null. */
  static Thread runner() {
    return runner;
  }

  /**
   * Waits until the caller has listed the threads it will join (LocalExecutionControl.invoke): a pool that the
   * snippet starts before that would be joined too, for ever.
   */
  private static void awaitJoin() {
    long deadline = System.nanoTime() + AT_MOST_NS;
    while (caller.getState() == Thread.State.RUNNABLE && System.nanoTime() < deadline) {
      Thread.onSpinWait();
    }
  }

  private static Method method() {
    try {
      return Trampoline.class.getMethod("run");
    } catch (NoSuchMethodException e) {
      throw new AssertionError(e);
    }
  }
}
