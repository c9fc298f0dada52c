package secateur.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Closes every array that the current thread made inside it, except those kept. A kept array moves to the
 * enclosing scope, or lives on until it is closed where there is none.
 */
public final class Scope implements AutoCloseable {

  private static final ThreadLocal<Deque<Scope>> OPEN = ThreadLocal.withInitial(ArrayDeque::new);

  private final NDScope arrays = new NDScope();
  private final Set<NDArray> kept = Collections.newSetFromMap(new IdentityHashMap<>());

  /** Opens a scope on this thread; close it in the same thread, innermost first. */
  public Scope() {
    OPEN.get().push(this);
  }

  /** Lets {@code array} outlive this scope. */
  public NDArray keep(NDArray array) {
    if (array != null) {
      kept.add(array);
    }
    return array;
  }

  /** Lets all of {@code many} outlive this scope. */
  public void keep(Iterable<NDArray> many) {
    many.forEach(this::keep);
  }

  /** Runs {@code work} and closes all that it made except its result. */
  public static NDArray run(Supplier<NDArray> work) {
    try (Scope scope = new Scope()) {
      return scope.keep(work.get());
    }
  }

  /** Makes an array that no open scope owns. */
  static NDArray outside(Supplier<NDArray> work) {
    NDArray array = work.get();
    free(array);
    return array;
  }

  /** Takes {@code array} out of every scope: whoever calls this closes it. */
  public static NDArray free(NDArray array) {
    for (Scope scope : OPEN.get()) {
      scope.kept.add(array);
    }
    return array;
  }

  @Override
  public void close() {
    OPEN.get().pop();
    kept.forEach(NDScope::unregister);
    arrays.close();
    Scope outer = OPEN.get().peek();
    if (outer != null) {
      kept.stream().filter(array -> !outer.kept.contains(array)).forEach(NDScope::register);
    }
  }
}
