package secateur.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.function.BiConsumer;
import secateur.tensor.Devices;
import secateur.tensor.Optimizer;
import secateur.tensor.Scope;

/** Where the two moments of Adam are between the steps. What is trained becomes the same bit for bit. */
public enum Moments {

  /** Where the model computes. */
  RESIDENT {
    @Override
    NDManager home() {
      return Devices.manager();
    }

    @Override
    void lend(NDArray first, NDArray second, BiConsumer<NDArray, NDArray> step) {
      step.accept(first, second);
    }
  },

  /**
   * On the host; those of one array at a time are copied to where the model computes, and back. After the paged optimizers
   * of Dettmers et al. (arXiv 2305.14314, section 3), which leave it to CUDA's unified memory when a page moves.
   */
  PAGED {
    @Override
    NDManager home() {
      return Devices.hostManager();
    }

    @Override
    void lend(NDArray first, NDArray second, BiConsumer<NDArray, NDArray> step) {
      try (Scope scope = new Scope()) {
        NDArray[] here = {Optimizer.copy(first, Devices.manager()), Optimizer.copy(second, Devices.manager())};
        step.accept(here[0], here[1]);
        Optimizer.overwrite(first, here[0]);
        Optimizer.overwrite(second, here[1]);
      }
    }
  };

  /** Holds them between the steps. */
  abstract NDManager home();

  /** Runs {@code step}, which changes both in place, on the device that computes. */
  abstract void lend(NDArray first, NDArray second, BiConsumer<NDArray, NDArray> step);
}
