package secateur.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.util.List;

/** A layer made of another, which it leaves as it is. */
public interface OnBase extends Linear {

  /** The layer below. */
  Linear base();

  @Override
  default NDArray weight() {
    return base().weight();
  }

  @Override
  default NDArray bias() {
    return base().bias();
  }

  @Override
  default List<NDArray> arrays() {
    return base().arrays();
  }

  @Override
  default DataType stored() {
    return base().stored();
  }

  @Override
  default long storedBytes() {
    return base().storedBytes();
  }

  @Override
  default long rows() {
    return base().rows();
  }

  @Override
  default long columns() {
    return base().columns();
  }
}
