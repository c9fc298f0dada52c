package secateur.calibrate;

import ai.djl.ndarray.NDArray;

/** What is gathered of the inputs of a layer, batch by batch; its arrays live until it is closed. */
public interface Statistic extends AutoCloseable {

  /** Takes in the inputs {@code x} (…, in). */
  void see(NDArray x);

  @Override
  void close();
}
