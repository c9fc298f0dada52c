package secateur.model;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import secateur.spec.CacheForm;
import secateur.tensor.Memory;
import secateur.tensor.Scope;

/** The keys and values of the tokens seen so far, by block. */
final class Cache implements AutoCloseable {

  /** Keys and values of one block, (B, K, S, D) each. */
  record KeyValues(NDArray keys, NDArray values) {}

  private record Held(Kept keys, Kept values) {

    Stream<NDArray> arrays() {
      return Stream.of(keys, values).flatMap(kept -> kept.arrays().stream());
    }
  }

  private final CacheForm form;
  private final List<Held> blocks = new ArrayList<>();

  Cache(CacheForm form) {
    this.form = form;
  }

  /** Appends the new tokens of block {@code index} and returns all of them; what is unpacked belongs to the caller's scope. */
  KeyValues append(int index, NDArray keys, NDArray values) {
    if (index == blocks.size()) {
      blocks.add(hold(new Held(Kept.of(form, keys), Kept.of(form, values))));
    } else {
      Held old = blocks.set(index, hold(new Held(blocks.get(index).keys().append(keys), blocks.get(index).values().append(values))));
      old.arrays().forEach(NDArray::close);
    }
    Held all = blocks.get(index);
    return new KeyValues(all.keys().numbers(), all.values().numbers());
  }

  /** What a cache that keeps everything as it was computed has of block {@code index}. */
  KeyValues exact(int index) {
    Held held = blocks.get(index);
    return new KeyValues(held.keys().numbers(), held.values().numbers());
  }

  /** Puts {@code keys} and {@code values} in the place of those that block {@code index} had. */
  void replace(int index, NDArray keys, NDArray values) {
    Held old = blocks.set(index, hold(new Held(new Kept.Exact(keys), new Kept.Exact(values))));
    old.arrays().forEach(NDArray::close);
  }

  private static Held hold(Held made) {
    made.arrays().forEach(Scope::free);
    return made;
  }

  /** Bytes of everything held. */
  long bytes() {
    return blocks.stream().flatMap(Held::arrays).mapToLong(Memory::bytes).sum();
  }

  @Override
  public void close() {
    blocks.stream().flatMap(Held::arrays).forEach(NDArray::close);
    blocks.clear();
  }
}
