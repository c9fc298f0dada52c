package secateur.tensor;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** Counts the holders of shared arrays and closes an array when the last one lets go. */
public final class Holdings {

  private final Map<NDArray, Integer> holders = new IdentityHashMap<>();

  /** One more holder for each of {@code arrays}; they leave every open {@link Scope}. */
  public synchronized void retain(Collection<NDArray> arrays) {
    for (NDArray array : arrays) {
      if (holders.merge(array, 1, Integer::sum) == 1) {
        Scope.free(array);
      }
    }
  }

  /** One holder less for each of {@code arrays}; those that have none are closed. */
  public void release(Collection<NDArray> arrays) {
    without(arrays).forEach(NDArray::close);
  }

  /** One holder less for each of {@code arrays}; those that have none are freed when nothing refers to them any more. */
  public void abandon(Collection<NDArray> arrays) {
    Prompt.ARRAYS.watch(without(arrays));
  }

  private synchronized List<NDArray> without(Collection<NDArray> arrays) {
    List<NDArray> free = new ArrayList<>();
    for (NDArray array : arrays) {
      if (holders.merge(array, -1, Integer::sum) == 0) {
        holders.remove(array);
        free.add(array);
      }
    }
    return free;
  }
}
