package secateur.tensor;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.GradientCollector;
import java.util.function.Supplier;

/** Whether operations are recorded for differentiation, and differentiation itself. */
public final class Gradients {

  private Gradients() {}

  /** Runs {@code loss} recorded and adds the gradient of its scalar result to every array that requires one. */
  public static NDArray add(Supplier<NDArray> loss) {
    try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
      NDArray value = loss.get();
      collector.backward(value);
      return value;
    }
  }

  /**
   * Runs {@code output} recorded, and adds to every array that requires a gradient what {@code gradient}, that of the
   * output, makes of it by the chain rule; nothing where the output depends on no such array.
   */
  public static void back(Supplier<NDArray> output, NDArray gradient) {
    try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
      NDArray leaf = gradient.getManager().create(0f);
      leaf.setRequiresGradient(true); // PyTorch wants one
      collector.backward(output.get().mul(gradient).sum().add(leaf));
    }
  }

  /** Runs {@code work} without recording, whatever the thread did before. */
  public static void none(Runnable work) {
    boolean before = recorded();
    JniUtils.setGradMode(false);
    try {
      work.run();
    } finally {
      JniUtils.setGradMode(before);
    }
  }

  /** A float32 copy of {@code array} that requires a gradient. */
  public static NDArray trainable(NDArray array) {
    NDArray copy = copy(array, DataType.FLOAT32);
    copy.setRequiresGradient(true);
    return copy;
  }

  /** A copy of {@code array} in {@code type} that knows of no gradient. */
  public static NDArray settled(NDArray array, DataType type) {
    try (NDArray view = array.stopGradient()) {
      return copy(view, type);
    }
  }

  /** DJL's {@code toType} with {@code copy} shares the memory where the type stays. */
  private static NDArray copy(NDArray array, DataType type) {
    return array.getDataType() == type ? array.duplicate() : array.toType(type, true);
  }

  static boolean recorded() {
    return JniUtils.isGradMode();
  }
}
