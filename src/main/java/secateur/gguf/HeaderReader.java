package secateur.gguf;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import secateur.file.Utf8;

/** Reads and checks a header: magic, version, counts, pairs, and where each tensor lies. */
final class HeaderReader {

  /** Key of one byte, type and value of one byte. */
  private static final int LEAST_PAIR = 8 + 1 + 4 + 1;
  /** Name of one byte, one dimension, type and offset. */
  private static final int LEAST_TENSOR = 8 + 1 + 4 + 8 + 4 + 8;

  /** What a header says. */
  record Header(Metadata metadata, Map<String, GgufFile.Tensor> tensors) {}

  private final HeaderInput in;
  private int alignment = Format.DEFAULT_ALIGNMENT;

  HeaderReader(HeaderInput in) {
    this.in = in;
  }

  Header read() throws IOException {
    magic();
    int tensors = tensorCount();
    Metadata metadata = metadata(in.count(LEAST_PAIR, "keys"));
    return new Header(metadata, tensors(tensors));
  }

  private void magic() throws IOException {
    int magic = in.i32("the magic number");
    if (magic != Format.MAGIC) {
      throw in.malformed(0, "it begins with %08x, a GGUF file with %08x (\"GGUF\")".formatted(
          Integer.reverseBytes(magic), Integer.reverseBytes(Format.MAGIC)));
    }
    int version = in.i32("the version");
    if (version != Format.VERSION) {
      String order = (version & 0xffff) == 0 && version != 0 ? " in big-endian order: " + Integer.reverseBytes(version) : " " + Integer.toUnsignedString(version);
      throw in.malformed(4, "the version is" + order + "; read is " + Format.VERSION + ", little-endian");
    }
  }

  private int tensorCount() throws IOException {
    int count = in.count(LEAST_TENSOR, "tensors");
    if (count > Format.MAX_TENSORS) {
      throw in.malformed(8, "it has " + count + " tensors, allowed are " + Format.MAX_TENSORS);
    }
    return count;
  }

  private Metadata metadata(int count) throws IOException {
    Metadata.Builder pairs = Metadata.builder();
    for (int i = 0; i < count; i++) {
      long at = in.offset();
      String key = in.string(Format.MAX_KEY, "a key");
      if (key.isEmpty()) {
        throw in.malformed(at, "a key is empty");
      }
      if (pairs.has(key)) {
        throw in.malformed(at, "the key " + Utf8.quoted(key) + " stands there twice");
      }
      pairs.put(key, value(key));
    }
    return pairs.build();
  }

  private ValueType type(String what) throws IOException {
    long at = in.offset();
    int id = in.i32("the type of " + what);
    ValueType type = ValueType.of(id);
    if (type == null) {
      throw in.malformed(at, what + " has type " + Integer.toUnsignedString(id) + ", allowed are 0 to " + (ValueType.values().length - 1));
    }
    return type;
  }

  private Value value(String key) throws IOException {
    String what = "key " + Utf8.quoted(key);
    long at = in.offset();
    ValueType type = type(what);
    if (key.equals(Format.ALIGNMENT) && type != ValueType.U32) {
      throw in.malformed(at, what + " is of type " + type + "; wanted: u32");
    }
    Value value = value(type, what);
    if (key.equals(Format.ALIGNMENT)) {
      alignment = alignment(at + 4, ((Value.Whole) value).bits());
    }
    return value;
  }

  private Value value(ValueType type, String what) throws IOException {
    return switch (type) {
      case STRING -> new Value.Text(in.string(Format.MAX_STRING, what));
      case BOOL -> new Value.Flag(bool(what));
      case ARRAY -> array(what);
      case F32, F64 -> real(type, what);
      default -> whole(type, what);
    };
  }

  private Value whole(ValueType type, String what) throws IOException {
    ByteBuffer bytes = in.number(type, what);
    long value = Value.whole(type, bytes, bytes.position());
    bytes.position(bytes.position() + type.least());
    return new Value.Whole(type, value);
  }

  private Value real(ValueType type, String what) throws IOException {
    return new Value.Real(type, type == ValueType.F32 ? in.i32(what) : in.i64(what));
  }

  private boolean bool(String what) throws IOException {
    long at = in.offset();
    byte value = in.i8(what);
    checkBool(value, at, what);
    return value == 1;
  }

  private void checkBool(byte value, long at, String what) {
    if (value != 0 && value != 1) {
      throw in.malformed(at, what + " is the bool " + (value & 0xff) + ", allowed are 0 and 1");
    }
  }

  private Value array(String what) throws IOException {
    long at = in.offset();
    ValueType element = type(what);
    if (element == ValueType.ARRAY) {
      throw in.malformed(at, what + " is an array of arrays, which is not read");
    }
    int count = in.count(element.least(), "elements of " + what);
    if (element == ValueType.STRING) {
      return texts(count, what);
    }
    long begin = in.offset();
    byte[] bytes = in.bytes(count * element.least(), what);
    for (int i = 0; element == ValueType.BOOL && i < count; i++) {
      checkBool(bytes[i], begin + i, what);
    }
    return new Value.Numbers(element, ByteBuffer.wrap(bytes));
  }

  private Value texts(int count, String what) throws IOException {
    String element = "an element of " + what;
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      texts.add(in.string(Format.MAX_STRING, element));
    }
    return new Value.Texts(texts);
  }

  private Map<String, GgufFile.Tensor> tensors(int count) throws IOException {
    List<TensorInfo> infos = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      infos.add(TensorInfo.read(in));
    }
    return TensorInfo.laidOut(infos, in, alignment);
  }

  private int alignment(long at, long value) {
    if (!Format.isAlignment(value)) {
      throw in.malformed(at, Format.ALIGNMENT + " is " + value + ", allowed are powers of two from " + Format.LEAST_ALIGNMENT + " to "
          + Format.MOST_ALIGNMENT);
    }
    return (int) value;
  }
}
