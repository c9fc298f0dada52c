package secateur.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import java.lang.reflect.Field;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Closes every array that the current thread made inside it, except those kept. A kept array moves to the
 * enclosing scope, or lives on until it is closed where there is none.
 */
public final class Scope implements AutoCloseable {

  private static final ThreadLocal<Deque<Scope>> OPEN = ThreadLocal.withInitial(ArrayDeque::new);
  private static final Field RESOURCES = resources();

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

  /** Ends this scope, but closes nothing: what was made in it is the caller's now, but for what was freed. */
  List<NDArray> release() {
    OPEN.get().pop();
    List<NDArray> made = List.copyOf(made());
    made.forEach(NDScope::unregister);
    arrays.close();
    return made.stream().filter(array -> !kept.contains(array)).toList();
  }

  @Override
  public void close() {
    OPEN.get().pop();
    List<NDArray> moving = kept.stream().filter(made()::contains).toList();
    moving.forEach(NDScope::unregister);
    arrays.close();
    Scope outer = OPEN.get().peek();
    if (outer != null) {
      moving.stream().filter(array -> !outer.kept.contains(array)).forEach(NDScope::register);
    }
  }

  /** What was made in this scope or moved here; what was merely passed through stays whose it was. */
  @SuppressWarnings("unchecked")
  private Set<NDArray> made() {
    try {
      return ((Map<NDArray, NDArray>) RESOURCES.get(arrays)).keySet();
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  /** DJL does not say what a scope of its owns. */
  private static Field resources() {
    try {
      Field field = NDScope.class.getDeclaredField("resources");
      field.setAccessible(true);
      return field;
    } catch (NoSuchFieldException e) {
      throw new IllegalStateException("this version of DJL is not the one that Secateur was built with", e);
    }
  }
}
