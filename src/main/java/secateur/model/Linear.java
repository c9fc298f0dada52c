package secateur.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.util.List;
import java.util.Optional;
import secateur.tensor.Devices;
import secateur.tensor.Memory;
import secateur.tensor.Select;
import secateur.tensor.Step.Operands;

/**
 * A linear layer, y = x W' + b, in whatever form its weights are stored. Immutable: {@link #withWeight} makes another.
 */
public interface Linear {

  /** y (…, out) for {@code x} (…, in). */
  NDArray forward(NDArray x);

  /** What {@link secateur.tensor.Step} multiplies with, if it knows this form. */
  default Optional<Operands> operands() {
    return Optional.empty();
  }

  /** W as float32 (out, in), for the caller's {@link secateur.tensor.Scope} to close unless the layer itself holds it. */
  NDArray weight();

  /** b (out), or null. */
  NDArray bias();

  /** This layer with W replaced by {@code weight} (out, in), in the same storage form. */
  Linear withWeight(NDArray weight);

  /**
   * This layer with only some of its outputs and inputs, numbered in int64; null keeps all. A form that cannot lose
   * them becomes a plain matrix.
   */
  default Linear keep(NDArray outputs, NDArray inputs) {
    NDArray b = bias() == null ? null : Select.rows(bias(), outputs);
    NDArray w = Select.columns(Select.rows(weight(), outputs), inputs);
    return new Dense(w.toType(Devices.activations(), false), b, stored());
  }

  /** Everything it holds. */
  List<NDArray> arrays();

  /** What its numbers are stored as on disk: float16 or float32. */
  DataType stored();

  /** Bytes on disk. */
  long storedBytes();

  /** Output features. */
  long rows();

  /** Input features. */
  long columns();

  /** Number of weights, bias not counted. */
  default long size() {
    return rows() * columns();
  }

  /** Bytes in memory. */
  default long bytes() {
    return arrays().stream().mapToLong(Memory::bytes).sum();
  }
}
