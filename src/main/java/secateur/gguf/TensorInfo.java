package secateur.gguf;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a header says of one tensor; {@code offset} counts from the start of the data, {@code at} is where that is said. */
record TensorInfo(String name, GgmlType type, long[] shape, long offset, long at) {

  static TensorInfo read(HeaderInput in) throws IOException {
    long at = in.offset();
    String name = in.string(Format.MAX_NAME, "the name of a tensor");
    if (name.isEmpty()) {
      throw in.malformed(at, "the name of a tensor is empty");
    }
    String what = "tensor '" + name + "'";
    long[] shape = shape(in, what);
    long typeAt = in.offset();
    GgmlType type = type(in, what);
    long offsetAt = in.offset();
    TensorInfo info = new TensorInfo(name, type, shape, in.i64("the offset of " + what), offsetAt);
    try {
      Format.bytes(type, shape);
    } catch (IllegalArgumentException e) {
      throw in.malformed(typeAt, what + ": " + e.getMessage());
    }
    return info;
  }

  /** Dimensions are innermost first in the file, outermost first here. */
  private static long[] shape(HeaderInput in, String what) throws IOException {
    long at = in.offset();
    int dims = in.i32("the number of dimensions of " + what);
    if (dims < 1 || dims > Format.MAX_DIMS) {
      throw in.malformed(at, what + " has " + Integer.toUnsignedString(dims) + " dimensions, allowed are 1 to " + Format.MAX_DIMS);
    }
    long[] shape = new long[dims];
    for (int i = dims - 1; i >= 0; i--) {
      shape[i] = in.i64("the shape of " + what);
      if (shape[i] < 1) {
        throw in.malformed(in.offset() - 8, what + " has dimension " + Long.toUnsignedString(shape[i]) + ", allowed are 1 to 2^63 - 1");
      }
    }
    return shape;
  }

  private static GgmlType type(HeaderInput in, String what) throws IOException {
    long at = in.offset();
    int id = in.i32("the type of " + what);
    try {
      return GgmlType.of(id);
    } catch (IllegalArgumentException e) {
      throw in.malformed(at, what + ": " + e.getMessage());
    }
  }

  /** The tensors back to back, each at the next multiple of {@code alignment}, up to the file's end or its padding. */
  static Map<String, GgufFile.Tensor> laidOut(List<TensorInfo> infos, HeaderInput in, int alignment) {
    Map<String, GgufFile.Tensor> tensors = new LinkedHashMap<>();
    long data = Format.padded(in.offset(), alignment);
    long end = in.offset();
    for (TensorInfo info : infos) {
      long begin = Format.padded(end, alignment);
      GgufFile.Tensor tensor = info.placed(in, data, begin);
      if (tensors.put(info.name, tensor) != null) {
        throw in.malformed(info.at, "the tensor '" + info.name + "' stands there twice");
      }
      end = begin + tensor.bytes();
    }
    if (in.size() > Format.padded(end, alignment)) {
      throw in.malformed(Format.padded(end, alignment), "the tensors end here, the file at byte " + in.size());
    }
    return tensors;
  }

  private GgufFile.Tensor placed(HeaderInput in, long data, long begin) {
    if (offset != begin - data) {
      throw in.malformed(at, "tensor '" + name + "' has offset " + Long.toUnsignedString(offset) + ", expected is " + (begin - data));
    }
    long bytes = Format.bytes(type, shape);
    if (bytes > in.size() - begin) {
      throw in.malformed(at, "tensor '" + name + "' has " + bytes + " bytes from byte " + begin + " on, the file ends at byte "
          + in.size() + " (truncated download?)");
    }
    return new GgufFile.Tensor(name, type, shape, begin, bytes);
  }
}
