package secateur.file;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.stream.Collectors;
import secateur.tensor.Bits;
import secateur.tensor.Scope;

/** The types of safetensors that are read here, by their names in the format. */
public enum StoredType {
  F64(DataType.FLOAT64),
  F32(DataType.FLOAT32),
  F16(DataType.FLOAT16),
  /** Read as float32: a bfloat16 array ends the process in DJL 0.36. */
  BF16(DataType.FLOAT32) {
    @Override
    public int bytes() {
      return 2;
    }

    @Override
    NDArray array(ByteBuffer data, Shape shape) {
      return Scope.run(() -> Bits.bfloat16(U8.array(data, new Shape(data.remaining()))).reshape(shape));
    }

    @Override
    ByteBuffer bytes(NDArray array) {
      ByteBuffer from = super.bytes(array).order(ByteOrder.nativeOrder());
      ByteBuffer to = ByteBuffer.allocate(Math.toIntExact(array.size() * bytes())).order(ByteOrder.LITTLE_ENDIAN);
      while (from.hasRemaining()) {
        to.putShort(Bfloat16.bits(from.getFloat()));
      }
      return to.flip();
    }
  },
  I64(DataType.INT64),
  I32(DataType.INT32),
  I8(DataType.INT8),
  U8(DataType.UINT8),
  BOOL(DataType.BOOLEAN);

  private static final StoredType[] ALL = values();
  private static final NDManager HOST = NDManager.newBaseManager(Device.cpu());

  private final DataType type;

  StoredType(DataType type) {
    this.type = type;
  }

  /** The type named {@code dtype} in a header. */
  static StoredType of(String dtype) {
    for (StoredType type : ALL) {
      if (type.name().equals(dtype)) {
        return type;
      }
    }
    throw new IllegalArgumentException("type " + Utf8.quoted(dtype) + " is not read here; allowed are "
        + Arrays.stream(ALL).map(Enum::name).collect(Collectors.joining(", ")));
  }

  /** The stored form of arrays of {@code type}. */
  public static StoredType of(DataType type) {
    return Arrays.stream(values()).filter(t -> t != BF16 && t.type == type).findFirst()
        .orElseThrow(() -> new IllegalArgumentException("arrays of type " + type + " have no place in safetensors"));
  }

  /** Bytes of one element on disk. */
  public int bytes() {
    return type.getNumOfBytes();
  }

  /** The type in memory. */
  public DataType type() {
    return type;
  }

  /** The numbers of {@code array}, which has this {@link #type}, as a file has them. */
  ByteBuffer bytes(NDArray array) {
    return array.toByteBuffer();
  }

  /** An array over {@code data}, which it keeps and does not copy. */
  NDArray array(ByteBuffer data, Shape shape) {
    if (shape.size() == 0) {
      return HOST.create(shape, type);
    }
    return HOST.create(data, shape, type);
  }
}
