package secateur.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import secateur.gguf.GgmlType;
import secateur.gguf.Half;
import secateur.gguf.ScaledCodes;
import secateur.tensor.Devices;
import secateur.tensor.Scope;
import secateur.tensor.Select;

/** GGUF blocks of one scale as a packed layer: W = (code - zero) d, in groups of one block. */
final class GgufBlocks {

  private GgufBlocks() {}

  /** The layer (out, in) in {@code data}, its rows in the order {@code rows} or, where that is null, as they are. */
  static Quantized read(GgmlType type, ByteBuffer data, Shape shape, NDArray rows, NDArray bias) {
    ScaledCodes blocks = ScaledCodes.read(type, data, Math.toIntExact(shape.size()));
    try (Scope scope = new Scope()) {
      NDArray codes = there(Devices.hostManager().create(ByteBuffer.wrap(blocks.codes()), shape, DataType.UINT8));
      Shape grid = new Shape(shape.get(0), shape.get(1) / type.block());
      NDArray scale = there(Devices.hostManager().create(floats(blocks.scales()), grid)).toType(DataType.FLOAT16, false);
      NDArray zero = scale.getManager().full(grid, ScaledCodes.zero(type), DataType.UINT8);
      int bits = 32 - Integer.numberOfLeadingZeros(2 * ScaledCodes.zero(type) - 1);
      Quantized made = new Quantized(Quantized.Packed.of(Select.rows(codes, rows), bits), Select.rows(scale, rows), Select.rows(zero, rows), null, bias).fastest();
      scope.keep(made.arrays());
      return made;
    }
  }

  private static NDArray there(NDArray host) {
    NDArray there = host.toDevice(Devices.current(), false);
    there.attach(Devices.manager());
    return there;
  }

  private static float[] floats(short[] halves) {
    float[] floats = new float[halves.length];
    for (int i = 0; i < halves.length; i++) {
      floats[i] = Half.toFloat(halves[i]);
    }
    return floats;
  }
}
