package secateur.export;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.util.List;
import java.util.Map;
import secateur.gguf.GgmlType;
import secateur.model.Change;
import secateur.model.Linear;
import secateur.tensor.Scope;

/**
 * A model that multiplies as llama.cpp does on a CPU: what goes into a matrix of blocks is itself rounded to eight bits, in blocks of 32 (scale a half,
 * largest magnitude over 127) or, for types with superblocks, of 256 (scale by the signed number of largest magnitude over -127).
 *
 * @param types of the matrices, by our names of layers
 */
record RoundedActivations(Map<String, GgmlType> types) implements Change {

  @Override
  public Linear layer(String name, Linear layer) {
    GgmlType type = types.get(name);
    return type.block() == 1 ? layer : new Layer(layer, type);
  }

  @Override
  public NDArray table(NDArray table) {
    return table;
  }

  @Override
  public NDArray norm(NDArray vector) {
    return vector;
  }

  static NDArray rounded(NDArray x, int block) {
    NDArray b = x.reshape(-1, block);
    NDArray peak = b.abs().max(new int[] {1}, true).maximum(Float.MIN_NORMAL);
    return (block == 32 ? halves(b, peak) : signed(b, peak)).reshape(x.getShape());
  }

  private static NDArray halves(NDArray b, NDArray peak) {
    NDArray scale = peak.div(127).toType(DataType.FLOAT16, false).toType(DataType.FLOAT32, false);
    return b.mul(peak.pow(-1).mul(127)).round().mul(scale);
  }

  private static NDArray signed(NDArray b, NDArray peak) {
    NDArray sign = b.max(new int[] {1}, true).eq(peak).toType(DataType.FLOAT32, false).mul(2).sub(1);
    NDArray inverse = peak.mul(sign).pow(-1).mul(-127);
    return b.mul(inverse).round().minimum(127).div(inverse);
  }

  private record Layer(Linear base, GgmlType type) implements Linear {

    @Override
    public NDArray forward(NDArray x) {
      return Scope.run(() -> base.forward(rounded(x, type.block())));
    }

    @Override
    public NDArray weight() {
      return base.weight();
    }

    @Override
    public NDArray bias() {
      return base.bias();
    }

    @Override
    public Linear withWeight(NDArray weight) {
      return new Layer(base.withWeight(weight), type);
    }

    @Override
    public List<NDArray> arrays() {
      return base.arrays();
    }

    @Override
    public DataType stored() {
      return base.stored();
    }

    @Override
    public long storedBytes() {
      return base.storedBytes();
    }

    @Override
    public long rows() {
      return base.rows();
    }

    @Override
    public long columns() {
      return base.columns();
    }
  }
}
