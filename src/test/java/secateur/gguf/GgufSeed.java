package secateur.gguf;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** A small good file in which the place of every field is known, and what becomes of it when one field is another. */
final class GgufSeed {

  private final Map<String, Integer> marks = new LinkedHashMap<>();
  private final byte[] bytes;

  GgufSeed() {
    RawGguf raw = new RawGguf();
    mark(raw, "magic").raw((byte) 'G', (byte) 'G', (byte) 'U', (byte) 'F');
    mark(raw, "version").i32(3);
    mark(raw, "tensors").i64(3);
    mark(raw, "keys").i64(9);
    pairs(raw);
    tensor(raw, "a", 0, 0, 3, 2);
    tensor(raw, "b", 2, 32, 64);
    tensor(raw, "c", 1, 96, 5);
    mark(raw, "end of header").pad(32);
    mark(raw, "data a").raw(new byte[24]).pad(32);
    mark(raw, "data b").raw(new byte[36]).pad(32);
    mark(raw, "data c").raw(new byte[10]).pad(32);
    bytes = raw.bytes();
  }

  private void pairs(RawGguf raw) {
    value(raw, "text", "general.architecture", 8).string("llama");
    value(raw, "alignment", "general.alignment", 4).i32(32);
    value(raw, "flag", "x.flag", 7).raw((byte) 1);
    value(raw, "f32", "x.f32", 6).f32(1e-5f);
    value(raw, "f64", "x.f64", 12).f64(0.25);
    value(raw, "u64", "x.u64", 10).i64(7);
    value(raw, "texts", "x.texts", 9).i32(8);
    mark(raw, "texts count").i64(2);
    mark(raw, "first text").string("one");
    mark(raw, "second text").string("zwei");
    value(raw, "ints", "x.ints", 9).i32(5);
    mark(raw, "ints count").i64(2).i32(1).i32(-2);
    value(raw, "flags", "x.flags", 9).i32(7);
    mark(raw, "flags count").i64(2);
    mark(raw, "flags value").raw((byte) 1, (byte) 0);
  }

  private RawGguf mark(RawGguf raw, String name) {
    marks.put(name, raw.size());
    return raw;
  }

  private RawGguf value(RawGguf raw, String name, String key, int type) {
    mark(raw, name + " key").string(key);
    mark(raw, name + " type").i32(type);
    return mark(raw, name + " value");
  }

  private void tensor(RawGguf raw, String name, int type, long offset, long... dims) {
    mark(raw, name + " name").string(name);
    mark(raw, name + " dims").i32(dims.length);
    for (int i = 0; i < dims.length; i++) {
      mark(raw, name + " dim " + i).i64(dims[i]);
    }
    mark(raw, name + " type").i32(type);
    mark(raw, name + " offset").i64(offset);
  }

  Map<String, Integer> marks() {
    return marks;
  }

  int at(String mark) {
    return marks.get(mark);
  }

  byte[] bytes() {
    return bytes.clone();
  }

  byte[] with32(String mark, int value) {
    return with(at(mark), ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array());
  }

  byte[] with64(String mark, long value) {
    return with(at(mark), ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array());
  }

  byte[] with(int at, byte... values) {
    byte[] changed = bytes();
    System.arraycopy(values, 0, changed, at, values.length);
    return changed;
  }

  byte[] cut(int length) {
    return Arrays.copyOf(bytes, length);
  }

  /** With {@code more} zero bytes after the end. */
  byte[] longer(int more) {
    return Arrays.copyOf(bytes, bytes.length + more);
  }
}
