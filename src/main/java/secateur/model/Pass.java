package secateur.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import secateur.spec.Part;
import secateur.spec.Position;
import secateur.spec.Spec;
import secateur.tensor.Devices;
import secateur.tensor.Select;

/**
 * One run of the blocks over T tokens: who looks on, the cache, and what follows from the tokens' positions. Its arrays
 * belong to the scope that is open when it is made.
 */
public final class Pass {

  private final NDManager manager = Devices.manager();
  private final int from;
  private final int count;
  private final Cache cache;
  private final NDArray cos;
  private final NDArray sin;
  private final List<NDArray> masks = new ArrayList<>();

  /** A pass over {@code count} tokens after the {@code from} that {@code cache} holds. */
  Pass(Spec spec, int from, int count, Cache cache) {
    this.from = from;
    this.count = count;
    this.cache = cache;
    boolean rope = spec.position() instanceof Position.Rope;
    this.cos = rope ? table(spec, Math::cos) : null;
    this.sin = rope ? table(spec, Math::sin) : null;
    Map<Integer, NDArray> whole = new HashMap<>();
    for (int block = 0; block < spec.sizes().layers(); block++) {
      masks.add(left(spec, block, whole.computeIfAbsent(window(spec, block), w -> added(spec, w))));
    }
  }

  int from() {
    return from;
  }

  int count() {
    return count;
  }

  Cache cache() {
    return cache;
  }

  /** Cosines of the rotary angles (T, R), or null. */
  NDArray cos() {
    return cos;
  }

  /** Sines of the rotary angles (T, R), or null. */
  NDArray sin() {
    return sin;
  }

  /** What block {@code index} adds to its scores, or null where plain causal attention does. */
  NDArray mask(int index) {
    return masks.get(index);
  }

  /** The slopes of the heads that block {@code index} still has. */
  private static NDArray left(Spec spec, int index, NDArray mask) {
    Optional<int[]> heads = spec.remains().groups(index, Part.HEADS);
    if (heads.isEmpty() || !(spec.position() instanceof Position.Alibi)) {
      return mask;
    }
    int n = spec.heads().keyValues() == 1 ? 1 : spec.heads().group();
    long[] queries = Arrays.stream(heads.get()).flatMap(head -> IntStream.range(head * n, (head + 1) * n)).asLongStream().toArray();
    return Select.rows(mask.squeeze(0), Select.places(queries)).expandDims(0);
  }

  private static int window(Spec spec, int block) {
    return spec.window(block).orElse(Integer.MAX_VALUE / 2);
  }

  private NDArray added(Spec spec, int window) {
    int span = from + count;
    if (spec.position() instanceof Position.Alibi alibi) {
      int heads = spec.heads().queries();
      float[] mask = Masks.alibi(heads, from, count, alibi.scaled() ? spec.heads().size() : 0);
      return lasting(mask, new Shape(1, heads, count, span));
    }
    if (span <= window && (from == 0 || count == 1)) {
      return null;
    }
    return lasting(Masks.causal(from, count, window), new Shape(count, span));
  }

  /** Halves repeated, as {@code rotate} pairs them. */
  private NDArray table(Spec spec, DoubleUnaryOperator wave) {
    double[] frequencies = ((Position.Rope) spec.position()).frequencies();
    int width = 2 * frequencies.length;
    float[] table = new float[count * width];
    for (int i = 0; i < table.length; i++) {
      table[i] = (float) wave.applyAsDouble((from + i / width) * frequencies[i % width % frequencies.length]);
    }
    return lasting(table, new Shape(count, width));
  }

  /** A copy in PyTorch's memory: gradients are computed after this pass, when that of Java may be gone. */
  private NDArray lasting(float[] numbers, Shape shape) {
    return manager.create(numbers, shape).duplicate();
  }
}
