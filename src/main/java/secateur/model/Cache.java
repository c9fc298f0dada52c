package secateur.model;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;
import secateur.tensor.Scope;

/** The keys and values of the tokens seen so far, by block; (B, K, S, D) each. */
final class Cache implements AutoCloseable {

  /** Keys and values of one block. */
  record KeyValues(NDArray keys, NDArray values) {}

  private final List<KeyValues> blocks = new ArrayList<>();

  /** Appends the new tokens of block {@code index} and returns all of them. */
  KeyValues append(int index, NDArray keys, NDArray values) {
    if (index == blocks.size()) {
      blocks.add(hold(keys.duplicate(), values.duplicate()));
    } else {
      KeyValues old = blocks.get(index);
      blocks.set(index, hold(old.keys().concat(keys, 2), old.values().concat(values, 2)));
      release(old);
    }
    return blocks.get(index);
  }

  private static KeyValues hold(NDArray keys, NDArray values) {
    return new KeyValues(Scope.free(keys), Scope.free(values));
  }

  private static void release(KeyValues old) {
    old.keys().close();
    old.values().close();
  }

  @Override
  public void close() {
    blocks.forEach(Cache::release);
    blocks.clear();
  }
}
