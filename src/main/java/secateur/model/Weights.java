package secateur.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;

/** Where the parts of a new model come from, by their names in the family's checkpoints without the base prefix. */
interface Weights {

  /** Rows of the embedding {@code name}. */
  long vocabulary(String name);

  /** Output features of the linear layer {@code module}. */
  long rows(String module);

  /** The type on disk of {@code name}: float16 or float32. */
  DataType stored(String name, NDArray matrix);

  /** A linear layer (out, in) in the form that it is stored in. */
  Linear linear(String module, Shape shape, boolean biased);

  /** A plain linear layer (out, in); {@code turned} where it is stored as (in, out). */
  Dense dense(String module, Shape shape, boolean biased, boolean turned);

  /** A matrix in the type that models compute with. */
  NDArray matrix(String name, Shape shape);

  /** A vector of {@code type}. */
  NDArray vector(String name, long length, DataType type);
}
