package secateur.export;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import secateur.gguf.GgmlType;
import secateur.gguf.Half;
import secateur.gguf.ScaledCodes;
import secateur.model.Int8Linear;
import secateur.model.Linear;
import secateur.model.Quantized;
import secateur.tensor.Scope;

/**
 * Layers of codes as GGUF blocks with the same codes: W = (code - zero) s is (q - z) d with d = s and q = code - zero + z, where q has a place among
 * the block's codes and groups are whole blocks. Nothing is lost where scales are halves already.
 */
final class GridBlocks {

  /**
   * W = codes s.
   *
   * @param codes without their zeros, int32 (out, G, in / G)
   * @param scale s (out, G)
   */
  private record Grid(NDArray codes, NDArray scale) {

    static Optional<Grid> of(Linear layer) {
      if (layer instanceof Int8Linear whole) {
        NDArray codes = whole.rounded().codes().toType(DataType.INT32, false);
        return Optional.of(new Grid(codes.expandDims(1), whole.rounded().scale().expandDims(1)));
      }
      boolean sideBySide = layer instanceof Quantized each && each.groups() == null && each.zero().getDataType() == DataType.UINT8;
      return sideBySide ? Optional.of(of((Quantized) layer)) : Optional.empty();
    }

    private static Grid of(Quantized layer) {
      long groups = layer.scale().getShape().get(1);
      NDArray codes = layer.codes().codes().toType(DataType.INT32, false).reshape(layer.rows(), groups, layer.columns() / groups);
      return new Grid(codes.sub(layer.zero().toType(DataType.INT32, false).expandDims(2)), layer.scale());
    }

    /** Inputs of a group. */
    int width() {
      return Math.toIntExact(codes.getShape().get(2));
    }
  }

  private GridBlocks() {}

  /** The smallest type that holds the codes of {@code layer}; where none does, F16 or F32 as it is stored. */
  static GgmlType type(Linear layer) {
    return ScaledCodes.TYPES.stream().filter(type -> of(layer, type).isPresent()).findFirst()
        .orElse(layer.stored() == DataType.FLOAT32 ? GgmlType.F32 : GgmlType.F16);
  }

  /** The blocks of {@code layer}; empty where {@code type} has no place for it. */
  static Optional<ByteBuffer> of(Linear layer, GgmlType type) {
    if (!ScaledCodes.TYPES.contains(type)) {
      return Optional.empty();
    }
    try (Scope scope = new Scope()) {
      return Grid.of(layer).filter(grid -> grid.width() % type.block() == 0).flatMap(grid -> of(grid, type));
    }
  }

  private static Optional<ByteBuffer> of(Grid grid, GgmlType type) {
    return halves(grid.scale()).flatMap(d -> codes(grid, type)
        .map(q -> new ScaledCodes(type, q, repeated(d, grid.width() / type.block())).bytes()));
  }

  /** The scales (out, G), row by row; empty where one is too large for a half. */
  private static Optional<short[]> halves(NDArray scale) {
    float[] values = scale.toType(DataType.FLOAT32, false).toFloatArray();
    short[] halves = new short[values.length];
    for (int i = 0; i < values.length; i++) {
      halves[i] = Half.of(values[i]);
      if (!Float.isFinite(Half.toFloat(halves[i]))) {
        return Optional.empty();
      }
    }
    return Optional.of(halves);
  }

  /** Codes + z, uint8 (out, in) row by row; empty where one has no place. */
  private static Optional<byte[]> codes(Grid grid, GgmlType type) {
    NDArray q = grid.codes().add(ScaledCodes.zero(type));
    boolean fits = q.min().getInt() >= 0 && q.max().getInt() < 2 * ScaledCodes.zero(type);
    return fits ? Optional.of(q.toType(DataType.UINT8, false).toByteArray()) : Optional.empty();
  }

  /** The scale of each block. */
  private static short[] repeated(short[] scales, int times) {
    short[] all = new short[scales.length * times];
    for (int i = 0; i < scales.length; i++) {
      Arrays.fill(all, i * times, (i + 1) * times, scales[i]);
    }
    return all;
  }
}
