package secateur.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import secateur.file.Checkpoint;
import secateur.tensor.Bitmasks;
import secateur.tensor.Devices;
import secateur.tensor.Scope;

/**
 * How one {@link Sparse} layer lies in safetensors: as the formats {@code sparse-bitmask} and {@code sparse-24-bitmask} of
 * compressed-tensors (to version 0.14) have it. {@code <module>.compressed} holds the values, (n) or for 2:4 (out, in / 2),
 * {@code .bitmask} uint8 (out, in / 8 rounded up) where they belong, {@code .shape} out and in, and {@code .row_offsets} (out),
 * which a 2:4 layer lacks, how many values come before each row. Also where a family stores its matrices as (in, out).
 */
final class SparseFile {

  private static final String VALUES = ".compressed";
  static final String BITS = ".bitmask";
  private static final String SHAPE = ".shape";
  private static final String OFFSETS = ".row_offsets";

  private final Checkpoint checkpoint;
  private final String module;

  SparseFile(Checkpoint checkpoint, String module) {
    this.checkpoint = checkpoint;
    this.module = module;
  }

  static boolean has(Set<String> names, String module) {
    return names.contains(module + BITS);
  }

  /** The tensors of {@code layer}, without its bias. */
  static Map<String, NDArray> tensors(String module, Sparse layer) {
    Map<String, NDArray> tensors = new TreeMap<>();
    NDArray shape = Devices.manager().create(new long[] {layer.rows(), layer.columns()});
    if (layer instanceof Bitmask bitmask) {
      tensors.put(module + VALUES, bitmask.values());
      tensors.put(module + BITS, bitmask.bits());
      tensors.put(module + OFFSETS, offsets(bitmask.bits(), bitmask.columns()));
      tensors.put(module + SHAPE, shape);
    } else if (layer instanceof Sparse24 pairs) {
      TwoOfFour.Unpacked unpacked = pairs.weights().unpacked();
      tensors.put(module + VALUES, unpacked.values());
      tensors.put(module + BITS, unpacked.bits());
      tensors.put(module + SHAPE, shape.reshape(2, 1));
    }
    return tensors;
  }

  /** The layer of {@code shape} (out, in), its values as {@code type}. */
  Sparse read(Shape shape, DataType type, NDArray bias) {
    try (Scope scope = new Scope()) {
      checkShape(shape);
      NDArray bits = QuantizedFile.checked(checkpoint, module + BITS, DataType.UINT8, new Shape(shape.get(0), (shape.get(1) + 7) / 8));
      long ones = ones(bits, shape.get(1));
      boolean pairs = !checkpoint.names().contains(module + OFFSETS);
      if (pairs) {
        checkPairs(bits, shape.get(1));
      } else {
        checkOffsets(bits, shape.get(1));
      }
      NDArray values = values(pairs ? new Shape(shape.get(0), shape.get(1) / 2) : new Shape(ones), type);
      DataType stored = Tensors.stored(checkpoint.type(module + VALUES), values);
      Sparse made = pairs ? new Sparse24(new TwoOfFour.Unpacked(values, bits).fastest(), bias, stored)
          : new Bitmask(values, bits, shape.get(1), bias, stored);
      scope.keep(made.arrays());
      return made;
    }
  }

  private void checkShape(Shape shape) {
    if (!checkpoint.names().contains(module + SHAPE)) {
      throw malformed(SHAPE, "is missing");
    }
    if (checkpoint.type(module + SHAPE).type() != DataType.INT64 || checkpoint.shape(module + SHAPE).size() != 2) {
      throw malformed(SHAPE, "is " + checkpoint.type(module + SHAPE) + " " + checkpoint.shape(module + SHAPE) + ", two I64 are needed");
    }
    long[] says = checkpoint.read(module + SHAPE).toLongArray();
    if (!Arrays.equals(says, shape.getShape())) {
      throw malformed(SHAPE, "says " + Arrays.toString(says) + ", the configuration wants " + shape);
    }
  }

  /** How many of {@code bits} are one; an error where one lies beyond the inputs. */
  private long ones(NDArray bits, long columns) {
    long all = 8 * bits.getShape().get(1);
    long ones = Bitmasks.counts(bits, columns, columns).sum().getLong();
    long beyond = Bitmasks.counts(bits, all, all).sum().getLong() - ones;
    if (beyond != 0) {
      throw malformed(BITS, "has " + beyond + " ones beyond the " + columns + " inputs of a row");
    }
    return ones;
  }

  private NDArray values(Shape shape, DataType type) {
    if (!checkpoint.names().contains(module + VALUES)) {
      throw malformed(VALUES, "is missing");
    }
    if (!checkpoint.shape(module + VALUES).equals(shape)) {
      throw malformed(VALUES, "has shape " + checkpoint.shape(module + VALUES) + ", its bit mask wants " + shape);
    }
    return Tensors.read(checkpoint, module + VALUES, type);
  }

  private void checkPairs(NDArray bits, long columns) {
    if (columns % 4 != 0) {
      throw malformed(BITS, "belongs to a 2:4 layer of " + columns + " inputs, which 4 does not divide");
    }
    NDArray counts = Bitmasks.counts(bits, columns, 4);
    if (counts.neq(2).sum().getLong() > 0) {
      long[] each = counts.toLongArray();
      int at = 0;
      while (each[at] == 2) {
        at++;
      }
      long row = at / (columns / 4);
      throw malformed(BITS, "has " + each[at] + " ones in group " + at % (columns / 4) + " of row " + row + ", a 2:4 layer has 2"
          + " (and any other layer " + OFFSETS + ")");
    }
  }

  private void checkOffsets(NDArray bits, long columns) {
    long[] wanted = offsets(bits, columns).toLongArray();
    long[] there = QuantizedFile.checked(checkpoint, module + OFFSETS, DataType.INT64, new Shape(wanted.length)).toLongArray();
    int at = Arrays.mismatch(wanted, there);
    if (at >= 0) {
      throw malformed(OFFSETS, "says that row " + at + " begins at value " + there[at] + ", by the bit mask it begins at " + wanted[at]);
    }
  }

  /** How many ones come before each row: int64 (out). */
  private static NDArray offsets(NDArray bits, long columns) {
    NDArray counts = Bitmasks.counts(bits, columns, columns).flatten();
    return counts.cumSum(0).sub(counts);
  }

  private IllegalArgumentException malformed(String part, String what) {
    return new IllegalArgumentException("tensor '" + module + part + "' " + what);
  }
}
