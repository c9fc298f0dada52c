package secateur.export;

import secateur.model.GgufPart.Matrix;
import secateur.spec.Spec;

/**
 * A block of a model on its way into a GGUF file.
 *
 * @param model what it is
 * @param head the name of the matrix that gives the logits
 * @param block the block; -1 stands for what lies outside the blocks
 */
record Place(Spec model, String head, int block) {

  /** Another block of the same model. */
  Place in(int other) {
    return new Place(model, head, other);
  }

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
    return matrix.name().equals(head);
  }

  /** Whether {@code matrix} is a table of positions, which stays F32. */
  boolean isPosition(Matrix matrix) {
    return matrix.name().equals(model.gguf().module("position") + ".weight");
  }
}
