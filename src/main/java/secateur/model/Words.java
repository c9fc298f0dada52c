package secateur.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.util.function.UnaryOperator;
import secateur.file.Checkpoint;
import secateur.file.Int32Packing;
import secateur.tensor.Devices;

/** Matrices of codes as matrices of 32-bit words, row by row, and numbers that lie beside them. */
final class Words {

  private Words() {}

  /** {@code codes} uint8 (R, C) packed: int32 (R, words); {@code order} is done to them before. */
  static NDArray pack(NDArray codes, int bits, UnaryOperator<byte[]> order) {
    ByteBuffer buffer = codes.toByteBuffer();
    byte[] bytes = new byte[Math.toIntExact(codes.size())];
    buffer.get(bytes);
    int rows = (int) codes.getShape().get(0);
    int[] words = Int32Packing.pack(order.apply(bytes), rows, bits);
    return Devices.manager().create(words, new Shape(rows, words.length / rows));
  }

  /** As {@link #pack(NDArray, int, UnaryOperator)}, in the order that they have. */
  static NDArray pack(NDArray codes, int bits) {
    return pack(codes, bits, UnaryOperator.identity());
  }

  /** The codes uint8 {@code shape} (R, C) that the tensor {@code name} has as int32 (R, words); an error where it is another. */
  static NDArray read(Checkpoint checkpoint, String name, Shape shape, int bits, UnaryOperator<byte[]> order) {
    NDArray words = QuantizedFile.checked(checkpoint, name, DataType.INT32, new Shape(shape.get(0), count(shape.get(1), bits)));
    return unpack(words, shape.get(1), bits, order);
  }

  /** As {@link #read(Checkpoint, String, Shape, int, UnaryOperator)}, in the order that they have. */
  static NDArray read(Checkpoint checkpoint, String name, Shape shape, int bits) {
    return read(checkpoint, name, shape, bits, UnaryOperator.identity());
  }

  /** The codes uint8 {@code shape} (R, C) that the tensor {@code name} has as int32 (words, R); an error where it is another. */
  static NDArray readTurned(Checkpoint checkpoint, String name, Shape shape, int bits) {
    NDArray words = QuantizedFile.checked(checkpoint, name, DataType.INT32, new Shape(count(shape.get(1), bits), shape.get(0)));
    return unpack(turned(words), shape.get(1), bits, UnaryOperator.identity());
  }

  /** The codes uint8 (R, {@code columns}) in {@code words} int32 (R, words). */
  private static NDArray unpack(NDArray words, long columns, int bits, UnaryOperator<byte[]> order) {
    int rows = (int) words.getShape().get(0);
    byte[] codes = order.apply(Int32Packing.unpack(words.toIntArray(), rows, Math.toIntExact(columns), bits));
    return Devices.manager().create(codes).toType(DataType.UINT8, false).reshape(rows, columns);
  }

  /** How many words {@code columns} codes take. */
  private static long count(long columns, int bits) {
    return Int32Packing.words(Math.toIntExact(columns), bits);
  }

  /** {@code matrix} (R, C) as (C, R), a copy. */
  static NDArray turned(NDArray matrix) {
    return matrix.transpose().duplicate();
  }

  /** The floating-point numbers {@code name}, which must have {@code shape}, where models compute. */
  static NDArray numbers(Checkpoint checkpoint, String name, Shape shape) {
    if (!checkpoint.names().contains(name)) {
      throw new IllegalArgumentException("no tensor '" + name + "' in the checkpoint");
    }
    if (!checkpoint.shape(name).equals(shape) || !checkpoint.type(name).type().isFloating()) {
      throw new IllegalArgumentException("tensor '" + name + "' is " + checkpoint.type(name) + " " + checkpoint.shape(name)
          + ", expected floating-point numbers of shape " + shape);
    }
    return Tensors.read(checkpoint, name, checkpoint.type(name).type());
  }

  /**
   * The group of each input, int64 (in), that {@code name} names in int32 or int64; null where there is no such tensor, or where groups of
   * one size lie side by side.
   */
  static NDArray groups(Checkpoint checkpoint, String name, long columns, long count) {
    if (!checkpoint.names().contains(name)) {
      return null;
    }
    DataType type = checkpoint.type(name).type() == DataType.INT64 ? DataType.INT64 : DataType.INT32;
    long[] groups = QuantizedFile.checked(checkpoint, name, type, new Shape(columns)).toType(DataType.INT64, false).toLongArray();
    boolean ordered = false;
    for (int i = 0; i < groups.length; i++) {
      if (groups[i] < 0 || groups[i] >= count) {
        throw new IllegalArgumentException("tensor '" + name + "' names group " + groups[i] + " of " + count);
      }
      ordered |= groups[i] != i / (columns / count);
    }
    return ordered ? Devices.manager().create(groups) : null;
  }

  /** The group of each input of {@code layer}, int32 (in). */
  static NDArray groupOfEach(Quantized layer) {
    NDArray groups = layer.groups() != null ? layer.groups() : Quantized.sideBySide(layer.columns(), layer.scale().getShape().get(1));
    return groups.toType(DataType.INT32, false);
  }

  /** The scales of {@code layer} (out, G), float16; an error where that would change one. */
  static NDArray halfScale(String name, Quantized layer, String layout) {
    NDArray half = layer.scale().toType(DataType.FLOAT16, false);
    if (layer.scale().getDataType() != DataType.FLOAT16 && half.toType(DataType.FLOAT32, false).neq(layer.scale()).any().getBoolean()) {
      throw new IllegalArgumentException("layer '" + name + "' is " + layer + " with float32 scales that are no float16 numbers; " + layout
          + " has float16 scales: save the model before quantizing as DenseLayout.float16(), and quantize what loads from there");
    }
    return half;
  }
}
