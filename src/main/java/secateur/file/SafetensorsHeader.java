package secateur.file;

import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The header of a safetensors file, checked in full: a JSON object of name to dtype, shape and data_offsets, tensors back to back from
 * the header's end to the file's (the format's README, "Format").
 */
final class SafetensorsHeader {

  private static final int MAX_HEADER = 100_000_000;
  private static final int MAX_TENSORS = 65_535;
  private static final int MAX_DIMS = 32;
  private static final String METADATA = "__metadata__";

  /** A tensor from byte {@code begin} to {@code end} of the file, described at byte {@code at}. */
  private record Described(StoredType type, long[] dims, long begin, long end, long at) {

    Safetensors.Entry entry() {
      return new Safetensors.Entry(type, new Shape(dims), begin, end);
    }
  }

  private final Path file;
  private final JsonBytes in;
  /** The file's byte that data_offsets count from. */
  private final long data;
  private final Map<String, Described> entries = new LinkedHashMap<>();

  private SafetensorsHeader(Path file, ByteBuffer text) {
    this.file = file;
    this.in = new JsonBytes(file, text, 8);
    this.data = 8L + text.remaining();
  }

  /** Name to entry, sorted by name, of a file of {@code size} bytes. */
  static Map<String, Safetensors.Entry> read(Path file, ByteSource source, long size) throws IOException {
    ByteBuffer text = FileParts.fill(ByteBuffer.allocate(length(file, source, size)), source, 8);
    SafetensorsHeader header = new SafetensorsHeader(file, text);
    header.object();
    header.checkLayout(size);
    Map<String, Safetensors.Entry> entries = new TreeMap<>();
    header.entries.forEach((name, each) -> entries.put(name, each.entry()));
    return entries;
  }

  private static int length(Path file, ByteSource source, long size) throws IOException {
    if (size < 8) {
      throw new MalformedFileException(file, size, "a safetensors file has at least 8 bytes, this one " + size);
    }
    long length = FileParts.fill(ByteBuffer.allocate(8), source, 0).getLong();
    if (length < 2 || length > MAX_HEADER || length > size - 8) {
      throw new MalformedFileException(file, 0, "bytes 0 to 7 say a header of " + Long.toUnsignedString(length)
          + " bytes, but the file has " + size + "; allowed are 2 to " + MAX_HEADER);
    }
    return (int) length;
  }

  private void object() {
    in.begin('{', "the header");
    boolean metadata = false;
    for (boolean more = !in.takeIf('}'); more; more = more("the header", '}')) {
      long at = in.offset();
      String name = in.string("a name in the header");
      in.take(':', "the header");
      if (entries.containsKey(name) || metadata && name.equals(METADATA)) {
        throw in.malformed(at, "the key " + Utf8.quoted(name) + " stands there twice");
      }
      metadata |= name.equals(METADATA);
      member(name, at);
    }
    in.end();
  }

  /** Whether another member follows; if not, {@code close} was taken. */
  private boolean more(String what, char close) {
    if (in.takeIf(',')) {
      return true;
    }
    in.take(close, what);
    return false;
  }

  private void member(String name, long at) {
    if (name.equals(METADATA)) {
      metadata();
      return;
    }
    if (entries.size() == MAX_TENSORS) {
      throw in.malformed(at, "the header has more than " + MAX_TENSORS + " tensors");
    }
    in.about(name);
    entries.put(name, entry(at));
    in.about(null);
  }

  /** A map of strings to strings, of which nothing is kept. */
  private void metadata() {
    in.take('{', METADATA);
    for (boolean more = !in.takeIf('}'); more; more = more(METADATA, '}')) {
      in.string("a key of " + METADATA);
      in.take(':', METADATA);
      in.string("a value of " + METADATA);
    }
  }

  private Described entry(long at) {
    StoredType type = null;
    long[] shape = null;
    long[] offsets = null;
    in.take('{', "its entry");
    for (boolean more = !in.takeIf('}'); more; more = more("its entry", '}')) {
      long fieldAt = in.offset();
      String field = in.string("a field");
      in.take(':', "a field");
      if (field.equals("dtype") && type == null) {
        type = type();
      } else if (field.equals("shape") && shape == null) {
        shape = numbers("the shape");
      } else if (field.equals("data_offsets") && offsets == null) {
        offsets = numbers("the pair of data_offsets");
      } else {
        throw in.malformed(fieldAt, "it has a second or unknown field " + Utf8.quoted(field) + "; allowed are dtype, shape, data_offsets");
      }
    }
    if (type == null || shape == null || offsets == null) {
      throw in.malformed(at, "its entry is not dtype, shape, data_offsets");
    }
    return placed(at, type, shape, offsets);
  }

  private StoredType type() {
    long at = in.offset();
    String type = in.string("the dtype");
    try {
      return StoredType.of(type);
    } catch (IllegalArgumentException e) {
      throw in.malformed(at, e.getMessage());
    }
  }

  private long[] numbers(String what) {
    in.take('[', what);
    long[] numbers = new long[2];
    int count = 0;
    for (boolean more = !in.takeIf(']'); more; more = more(what, ']')) {
      if (count == MAX_DIMS) {
        throw in.malformed(in.offset(), what + " has more than " + MAX_DIMS + " numbers");
      }
      numbers = count < numbers.length ? numbers : Arrays.copyOf(numbers, MAX_DIMS);
      numbers[count++] = in.whole(what);
    }
    return Arrays.copyOf(numbers, count);
  }

  private Described placed(long at, StoredType type, long[] dims, long[] offsets) {
    if (offsets.length != 2) {
      throw in.malformed(at, "it has " + offsets.length + " data_offsets, two are needed");
    }
    try {
      long bytes = bytes(type, dims);
      long span = Math.subtractExact(offsets[1], offsets[0]);
      if (span != bytes) {
        throw in.malformed(at, "shape " + Arrays.toString(dims) + " of type " + type + " needs " + bytes + " bytes, its offsets span " + span);
      }
      return new Described(type, dims, Math.addExact(data, offsets[0]), Math.addExact(data, offsets[1]), at);
    } catch (ArithmeticException e) {
      throw in.malformed(at, "shape " + Arrays.toString(dims) + " or its offsets reach beyond 2^63 - 1");
    }
  }

  /** Bytes of the tensor; the product of the dimensions that are not 0 must be a long, too. */
  private static long bytes(StoredType type, long[] dims) {
    long bytes = type.bytes();
    boolean empty = false;
    for (long dim : dims) {
      bytes = Math.multiplyExact(bytes, Math.max(1, dim));
      empty |= dim == 0;
    }
    return empty ? 0 : bytes;
  }

  private void checkLayout(long size) {
    List<Map.Entry<String, Described>> order = new ArrayList<>(entries.entrySet());
    order.sort(Map.Entry.comparingByValue(Comparator.comparingLong(Described::begin).thenComparingLong(Described::end)));
    long at = data;
    for (Map.Entry<String, Described> each : order) {
      Described tensor = each.getValue();
      if (tensor.begin != at) {
        throw in.malformed(tensor.at, "tensor " + Utf8.quoted(each.getKey()) + " begins at byte " + tensor.begin + ", expected " + at);
      }
      at = tensor.end;
    }
    if (at != size) {
      throw new MalformedFileException(file, Math.min(at, size), "the header describes " + at + " bytes, the file has " + size
          + (at > size ? " (truncated download?)" : ""));
    }
  }
}
