package secateur.export;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import secateur.gguf.GgmlType;
import secateur.gguf.Half;
import secateur.gguf.ScaledCodes;
import secateur.model.Linear;
import secateur.model.Quantized;
import secateur.tensor.Scope;

/**
 * Quantized layers as GGUF blocks with the same codes: W = (code - zero) s is (q - z) d with d = s and q = code - zero + z, where q has a place among
 * the block's codes and groups are whole blocks. Nothing is lost where scales are halves already.
 */
final class GridBlocks {

  private GridBlocks() {}

  /** The smallest type that holds the codes of {@code layer}; where none does, F16 or F32 as it is stored. */
  static GgmlType type(Linear layer) {
    return ScaledCodes.TYPES.stream().filter(type -> of(layer, type).isPresent()).findFirst()
        .orElse(layer.stored() == DataType.FLOAT32 ? GgmlType.F32 : GgmlType.F16);
  }

  /** The blocks of {@code layer}; empty where {@code type} has no place for it. */
  static Optional<ByteBuffer> of(Linear layer, GgmlType type) {
    if (!(layer instanceof Quantized quantized) || !ScaledCodes.TYPES.contains(type) || !sideBySide(quantized, type.block())) {
      return Optional.empty();
    }
    try (Scope scope = new Scope()) {
      return halves(quantized.scale()).flatMap(d -> codes(quantized, type).map(q -> new ScaledCodes(type, q, repeated(d, quantized, type.block())).bytes()));
    }
  }

  private static boolean sideBySide(Quantized layer, int block) {
    return layer.groups() == null && layer.zero().getDataType() == DataType.UINT8
        && layer.columns() / layer.scale().getShape().get(1) % block == 0;
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

  /** code - zero + z, uint8 (out, in) row by row; empty where one has no place. */
  private static Optional<byte[]> codes(Quantized layer, GgmlType type) {
    long groups = layer.scale().getShape().get(1);
    Shape apart = new Shape(layer.rows(), groups, layer.columns() / groups);
    NDArray codes = layer.codes().codes().toType(DataType.INT32, false).reshape(apart);
    NDArray zero = layer.zero().toType(DataType.INT32, false).expandDims(2);
    NDArray q = codes.sub(zero).add(ScaledCodes.zero(type));
    boolean fits = q.min().getInt() >= 0 && q.max().getInt() < 2 * ScaledCodes.zero(type);
    return fits ? Optional.of(q.toType(DataType.UINT8, false).toByteArray()) : Optional.empty();
  }

  /** The scale of each block. */
  private static short[] repeated(short[] scales, Quantized layer, int block) {
    int times = Math.toIntExact(layer.columns() / layer.scale().getShape().get(1) / block);
    short[] all = new short[scales.length * times];
    for (int i = 0; i < scales.length; i++) {
      Arrays.fill(all, i * times, (i + 1) * times, scales[i]);
    }
    return all;
  }
}
