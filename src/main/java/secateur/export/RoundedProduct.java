package secateur.export;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import secateur.model.Linear;
import secateur.model.OnBase;
import secateur.tensor.Nn;
import secateur.tensor.Scope;

/**
 * A layer of a GGUF file multiplied as llama.cpp does on a CPU: what goes in is rounded to the type that it has for products with the weights'
 * ({@code vec_dot_type} of its type traits).
 */
sealed interface RoundedProduct extends OnBase {

  /** Other weights are of no type of GGUF's. */
  @Override
  default Linear withWeight(NDArray weight) {
    return base().withWeight(weight);
  }

  /** y for rounded inputs, with weights unpacked: operators for few tokens round once more. */
  default NDArray product(NDArray rounded, NDArray x) {
    NDArray like = rounded.reshape(x.getShape()).toType(x.getDataType(), false);
    return Nn.linear(like, multiplied().toType(x.getDataType(), false), bias());
  }

  /** What rounded inputs are multiplied with, float32 (out, in). */
  default NDArray multiplied() {
    return weight();
  }

  /** Of weights in F16: inputs are halves. */
  record Halves(Linear base) implements RoundedProduct {

    @Override
    public NDArray forward(NDArray x) {
      return Scope.run(() -> product(x.toType(DataType.FLOAT16, false), x));
    }
  }

  /** Of blocks of 32 weights without a minimum: inputs are Q8_0. */
  record HalfScales(Linear base) implements RoundedProduct {

    @Override
    public NDArray forward(NDArray x) {
      return Scope.run(() -> product(EightBits.of(x, EightBits.BLOCK).halfScaled(), x));
    }
  }

  /** Of superblocks of 256 weights: inputs are Q8_K. */
  record FullScales(Linear base) implements RoundedProduct {

    @Override
    public NDArray forward(NDArray x) {
      return Scope.run(() -> product(EightBits.of(x, EightBits.SUPERBLOCK).scaled(), x));
    }
  }

  /**
   * Of blocks of 32 weights q d + m: inputs are Q8_1, whose sum of a block, which m is multiplied with, is a half of its own: y = (W - M) x' + M s.
   *
   * @param minima M, m of each block (out, in / 32)
   */
  record Sums(Linear base, NDArray minima) implements RoundedProduct {

    @Override
    public NDArray forward(NDArray x) {
      return Scope.run(() -> {
        EightBits rounded = EightBits.of(x, EightBits.BLOCK);
        Shape blocks = x.getShape().slice(0, x.getShape().dimension() - 1).add(minima.getShape().get(1));
        return product(rounded.halfScaled(), x).add(Nn.linear(rounded.halfSums().reshape(blocks).toType(x.getDataType(), false), minima, null));
      });
    }

    /** W - M. */
    @Override
    public NDArray multiplied() {
      NDArray blocks = base.weight().reshape(rows(), minima.getShape().get(1), EightBits.BLOCK);
      return blocks.sub(minima.toType(DataType.FLOAT32, false).expandDims(2)).reshape(rows(), columns());
    }

    @Override
    public List<NDArray> arrays() {
      List<NDArray> arrays = new ArrayList<>(base.arrays());
      arrays.add(minima);
      return arrays;
    }
  }
}
