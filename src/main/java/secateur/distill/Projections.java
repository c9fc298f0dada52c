package secateur.distill;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import secateur.model.Llm;
import secateur.tensor.Devices;
import secateur.tensor.Gradients;
import secateur.tensor.Nn;
import secateur.tensor.Scope;
import secateur.train.Companion;

/**
 * What leads from a student's residual stream to its teacher's, where their widths differ: a matrix for the embeddings and one for
 * all blocks, trained beside the student (Jiao et al., arXiv 1909.10351, equations 8 and 9).
 */
final class Projections implements Companion {

  private static final String EMBEDDINGS = "embeddings";
  private static final String BLOCKS = "blocks";

  private final Map<String, NDArray> matrices = new TreeMap<>();

  /** From the width of {@code student} to {@code width}. */
  Projections begin(Llm student, int width) {
    if (student.spec().sizes().hidden() != width) {
      matrices.put(EMBEDDINGS, random(width, student.spec().sizes().hidden(), 1));
      matrices.put(BLOCKS, random(width, student.spec().sizes().hidden(), 2));
    }
    return this;
  }

  /** (out, in), normal with deviation 1 / sqrt(in). */
  private static NDArray random(int out, int in, long seed) {
    Random random = new Random(seed);
    float[] values = new float[out * in];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (random.nextGaussian() / Math.sqrt(in));
    }
    try (Scope scope = new Scope()) {
      return Scope.free(Gradients.trainable(Devices.manager().create(values, new Shape(out, in))));
    }
  }

  /** {@code stream} (B, T, D) after {@code blocks} blocks, as wide as the teacher's. */
  NDArray of(NDArray stream, int blocks) {
    NDArray matrix = matrices.get(blocks == 0 ? EMBEDDINGS : BLOCKS);
    return matrix == null ? stream : Nn.mixedLinear(stream, matrix, null);
  }

  @Override
  public Map<String, NDArray> trained() {
    return matrices;
  }

  @Override
  public void close() {
    matrices.values().forEach(NDArray::close);
    matrices.clear();
  }
}
