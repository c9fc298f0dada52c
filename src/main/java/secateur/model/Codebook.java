package secateur.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import secateur.tensor.Codebooks;
import secateur.tensor.Nn;
import secateur.tensor.Scope;

/**
 * A matrix of 4-bit codes of {@link Levels}, in blocks of 64 weights that lie one after another, row by row (the last may be
 * shorter): w = level * absmax of the block. Every product unpacks the whole matrix first. Cut rows or columns leave no
 * blocks, so that {@link #keep} makes a plain matrix.
 *
 * @param packed the codes, two in a byte, uint8 (out in / 2 rounded up)
 * @param levels what they stand for
 * @param absmax of each block
 * @param shape (out, in)
 * @param bias (out), or null
 * @param stored the type on disk of the bias, and of a plain matrix made of this
 */
public record Codebook(NDArray packed, Levels levels, Absmax absmax, Shape shape, NDArray bias, DataType stored) implements Rounded {

  /** Weights in a block. */
  static final int BLOCK = 64;

  /** {@code layer} rounded to the nearest levels; {@code doubled} also quantizes the absmax, after that. */
  public static Codebook of(Linear layer, Levels levels, boolean doubled) {
    NDArray weight = layer.weight();
    NDArray absmax = Codebooks.absmax(weight, BLOCK);
    NDArray codes = Codebooks.quantize(weight, absmax, levels.numbers(), BLOCK);
    return new Codebook(Codebooks.pack(codes), levels, doubled ? Absmax.Doubled.of(absmax) : new Absmax.Single(absmax),
        weight.getShape(), layer.bias(), layer.stored());
  }

  /** How many blocks {@code weights} weights have. */
  static long blocks(long weights) {
    return (weights + BLOCK - 1) / BLOCK;
  }

  @Override
  public NDArray forward(NDArray x) {
    return Scope.run(() -> Nn.linear(x, weight().toType(x.getDataType(), false), bias));
  }

  @Override
  public NDArray weight() {
    return Scope.run(() -> Codebooks.dequantize(codes(), absmax.values(), levels.numbers(), BLOCK).reshape(shape));
  }

  /** uint8 (out in), row by row. */
  public NDArray codes() {
    return Codebooks.unpack(packed, shape.size());
  }

  /** Rounds {@code weight} to the levels of this layer's blocks. */
  @Override
  public Codebook withWeight(NDArray weight) {
    if (!weight.getShape().equals(shape)) {
      throw new IllegalArgumentException("a weight of shape " + weight.getShape() + " for a layer of shape " + shape);
    }
    NDArray codes = Codebooks.quantize(weight, absmax.values(), levels.numbers(), BLOCK);
    return new Codebook(Codebooks.pack(codes), levels, absmax, shape, bias, stored);
  }

  @Override
  public List<NDArray> arrays() {
    List<NDArray> arrays = new ArrayList<>(absmax.arrays());
    arrays.add(packed);
    if (bias != null) {
      arrays.add(bias);
    }
    return arrays;
  }

  @Override
  public long storedBytes() {
    long numbers = absmax.arrays().stream().mapToLong(a -> a.size() * a.getDataType().getNumOfBytes()).sum();
    return packed.size() + numbers + (bias == null ? 0 : bias.size() * stored.getNumOfBytes());
  }

  @Override
  public long rows() {
    return shape.get(0);
  }

  @Override
  public long columns() {
    return shape.get(1);
  }

  @Override
  public String toString() {
    return "Codebook(" + rows() + " x " + columns() + ", " + levels + absmax + ")";
  }
}
