package secateur.tensor;

import ai.djl.pytorch.jni.JniUtils;

/** Whether operations are recorded for differentiation. */
public final class Gradients {

  private Gradients() {}

  static boolean recorded() {
    return JniUtils.isGradMode();
  }
}
