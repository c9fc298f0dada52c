package secateur.gguf;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** One metadata value with the type that it has in the file. */
sealed interface Value {

  /** The type as errors name it. */
  String typeName();

  /** An integer; {@code bits} of a u64 are unsigned. */
  record Whole(ValueType type, long bits) implements Value {
    @Override
    public String typeName() {
      return type.toString();
    }
  }

  /** An f32 or f64, as its bits. */
  record Real(ValueType type, long bits) implements Value {

    double value() {
      return type == ValueType.F32 ? Float.intBitsToFloat((int) bits) : Double.longBitsToDouble(bits);
    }

    @Override
    public String typeName() {
      return type.toString();
    }
  }

  /** A bool. */
  record Flag(boolean value) implements Value {
    @Override
    public String typeName() {
      return ValueType.BOOL.toString();
    }
  }

  /** A string. */
  record Text(String value) implements Value {
    @Override
    public String typeName() {
      return ValueType.STRING.toString();
    }
  }

  /** An array of strings. */
  record Texts(List<String> values) implements Value {

    public Texts {
      values = List.copyOf(values);
    }

    @Override
    public String typeName() {
      return "array of string";
    }
  }

  /** An array of numbers or bools, as its bytes in the file. */
  record Numbers(ValueType element, ByteBuffer bytes) implements Value {

    public Numbers {
      bytes = bytes.slice().asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN);
    }

    int count() {
      return bytes.capacity() / element.least();
    }

    /** Element {@code i} of an array of integers. */
    long whole(int i) {
      return Value.whole(element, bytes, i * element.least());
    }

    /** Element {@code i} of an array of f32 or f64. */
    double real(int i) {
      return element == ValueType.F32 ? bytes.getFloat(4 * i) : bytes.getDouble(8 * i);
    }

    @Override
    public String typeName() {
      return "array of " + element;
    }
  }

  /** The integer of {@code type} at byte {@code at}. */
  static long whole(ValueType type, ByteBuffer bytes, int at) {
    return switch (type) {
      case U8 -> bytes.get(at) & 0xff;
      case I8 -> bytes.get(at);
      case U16 -> bytes.getShort(at) & 0xffff;
      case I16 -> bytes.getShort(at);
      case U32 -> bytes.getInt(at) & 0xffff_ffffL;
      case I32 -> bytes.getInt(at);
      case U64, I64 -> bytes.getLong(at);
      default -> throw new IllegalArgumentException(type + " is no integer");
    };
  }
}
