package secateur.export;

import secateur.model.GgufPart.Matrix;
import secateur.spec.Spec;

/** Block {@code block} of a model; -1 stands for what lies outside the blocks. */
record Place(Spec model, int block) {

  int blocks() {
    return model.sizes().layers();
  }

  /** Whether it is one of those that llama.cpp's mixtures give more bits. */
  boolean more() {
    int eighth = blocks() / 8;
    return block < eighth || block >= 7 * blocks() / 8 || (block - eighth) % 3 == 2;
  }

  /** Whether {@code matrix} gives the logits. */
  boolean isHead(Matrix matrix) {
    return matrix.name().equals(model.gguf().module(model.tied() ? "embed" : "head") + ".weight");
  }
}
