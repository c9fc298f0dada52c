package secateur.gguf;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** GGUF files byte by byte, right or wrong; independent of the writer. */
final class RawGguf {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  RawGguf magic(int version, long tensors, long keys) {
    out.writeBytes(new byte[] {'G', 'G', 'U', 'F'});
    return i32(version).i64(tensors).i64(keys);
  }

  RawGguf key(String key, int type) {
    return string(key).i32(type);
  }

  RawGguf string(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    return i64(utf8.length).raw(utf8);
  }

  RawGguf raw(byte... bytes) {
    out.writeBytes(bytes);
    return this;
  }

  RawGguf i32(int value) {
    return raw(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array());
  }

  RawGguf i64(long value) {
    return raw(ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array());
  }

  RawGguf f32(float value) {
    return i32(Float.floatToRawIntBits(value));
  }

  RawGguf f64(double value) {
    return i64(Double.doubleToRawLongBits(value));
  }

  RawGguf pad(int alignment) {
    return raw(new byte[(alignment - out.size() % alignment) % alignment]);
  }

  int size() {
    return out.size();
  }

  byte[] bytes() {
    return out.toByteArray();
  }
}
