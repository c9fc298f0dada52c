package secateur.gguf;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** A header's bytes, little-endian. */
final class HeaderOutput {

  private ByteBuffer bytes = ByteBuffer.allocate(4 << 10).order(ByteOrder.LITTLE_ENDIAN);

  HeaderOutput i32(int value) {
    room(4).putInt(value);
    return this;
  }

  HeaderOutput i64(long value) {
    room(8).putLong(value);
    return this;
  }

  HeaderOutput string(byte[] utf8) {
    i64(utf8.length);
    room(utf8.length).put(utf8);
    return this;
  }

  HeaderOutput metadata(Metadata metadata) {
    i64(metadata.keys().size());
    metadata.values().forEach((key, value) -> {
      string(Format.utf8("the key '" + key + "'", key, Format.MAX_KEY));
      value("key '" + key + "'", value);
    });
    return this;
  }

  /** All that was written. */
  ByteBuffer written() {
    return bytes.duplicate().flip();
  }

  private void value(String what, Value value) {
    if (value instanceof Value.Text text) {
      i32(ValueType.STRING.ordinal()).string(Format.utf8(what, text.value(), Format.MAX_STRING));
    } else if (value instanceof Value.Flag flag) {
      i32(ValueType.BOOL.ordinal()).room(1).put((byte) (flag.value() ? 1 : 0));
    } else if (value instanceof Value.Whole whole) {
      i32(whole.type().ordinal()).whole(whole);
    } else if (value instanceof Value.Real real) {
      i32(real.type().ordinal()).real(real);
    } else if (value instanceof Value.Texts texts) {
      i32(ValueType.ARRAY.ordinal()).texts(what, texts.values());
    } else if (value instanceof Value.Numbers numbers) {
      i32(ValueType.ARRAY.ordinal()).i32(numbers.element().ordinal()).i64(numbers.count());
      room(numbers.bytes().capacity()).put(numbers.bytes().duplicate());
    }
  }

  /** The low bytes of its two's complement, as many as its type has. */
  private void whole(Value.Whole value) {
    ByteBuffer to = room(8);
    int at = to.position();
    to.putLong(value.bits()).position(at + value.type().least());
  }

  private void real(Value.Real value) {
    if (value.type() == ValueType.F32) {
      i32((int) value.bits());
    } else {
      i64(value.bits());
    }
  }

  private void texts(String what, List<String> texts) {
    i32(ValueType.STRING.ordinal()).i64(texts.size());
    texts.forEach(text -> string(Format.utf8("an element of " + what, text, Format.MAX_STRING)));
  }

  private ByteBuffer room(int more) {
    if (bytes.position() + (long) more > Format.MAX_HEADER) {
      throw new IllegalArgumentException("the header has more than " + Format.MAX_HEADER + " bytes");
    }
    if (bytes.remaining() < more) {
      bytes = ByteBuffer.allocate(Math.max(2 * bytes.capacity(), bytes.position() + more)).order(ByteOrder.LITTLE_ENDIAN).put(bytes.flip());
    }
    return bytes;
  }
}
