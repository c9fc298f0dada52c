package secateur.file;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import secateur.tensor.Scope;

/**
 * One safetensors file: 8 bytes of header length, a JSON header, then the tensors. The header is checked in full
 * before anything is read; tensors are mapped, not copied, where their type allows it.
 */
public final class Safetensors {

  private static final int MAX_HEADER = 100 << 20;
  private static final long MOST_AT_ONCE = Integer.MAX_VALUE;

  /** What the header says of one tensor; offsets count from the start of the file. */
  public record Entry(StoredType type, Shape shape, long begin, long end) {}

  private final Path file;
  private final Map<String, Entry> entries;

  private Safetensors(Path file, Map<String, Entry> entries) {
    this.file = file;
    this.entries = Collections.unmodifiableMap(entries);
  }

  /** Reads and checks the header of {@code file}; a {@link MalformedFileException} names what is wrong. */
  public static Safetensors open(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new IllegalArgumentException("no file " + file);
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      long header = headerLength(file, channel);
      ByteBuffer text = fully(channel, 8, (int) header);
      JsonObject json = Json.parse(file, StandardCharsets.UTF_8.decode(text).toString());
      return new Safetensors(file, entries(file, json, 8 + header, channel.size()));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  /** Name to entry, sorted by name. */
  public Map<String, Entry> entries() {
    return entries;
  }

  /** The tensor {@code name} as it is stored, but bfloat16 as float32; on the host, for the caller to close. */
  public NDArray read(String name) {
    return read(name, MOST_AT_ONCE);
  }

  /** As {@link #read(String)}, in pieces of whole rows that have {@code most} bytes at most: a buffer ends at 2 GiB. */
  NDArray read(String name, long most) {
    Entry entry = entries.get(name);
    if (entry == null) {
      throw new IllegalArgumentException("no tensor '" + name + "' in " + file);
    }
    if (entry.end() - entry.begin() <= most) {
      return piece(entry);
    }
    long rows = entry.shape().get(0);
    long row = (entry.end() - entry.begin()) / rows;
    if (row > most) {
      throw new IllegalArgumentException("tensor '" + name + "' of shape " + entry.shape() + " in " + file + " has rows of "
          + row + " bytes; rows of at most " + most + " are read");
    }
    return Scope.run(() -> rows(entry, rows, most / row));
  }

  private NDArray rows(Entry entry, long rows, long step) {
    long row = (entry.end() - entry.begin()) / rows;
    NDList pieces = new NDList();
    for (long from = 0; from < rows; from += step) {
      long to = Math.min(rows, from + step);
      Shape shape = new Shape(to - from).addAll(entry.shape().slice(1));
      pieces.add(piece(new Entry(entry.type(), shape, entry.begin() + from * row, entry.begin() + to * row)));
    }
    return NDArrays.concat(pieces);
  }

  private NDArray piece(Entry entry) {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      return entry.type().array(map(channel, entry), entry.shape());
    } catch (IOException e) {
      return readOnly(entry);
    }
  }

  private NDArray readOnly(Entry entry) {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      ByteBuffer copy = fully(channel, entry.begin(), Math.toIntExact(entry.end() - entry.begin()));
      return entry.type().array(copy, entry.shape());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  private static ByteBuffer map(FileChannel channel, Entry entry) throws IOException {
    long bytes = entry.end() - entry.begin();
    return channel.map(FileChannel.MapMode.PRIVATE, entry.begin(), bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static long headerLength(Path file, FileChannel channel) throws IOException {
    if (channel.size() < 8) {
      throw new MalformedFileException(file, "a safetensors file has at least 8 bytes, this one " + channel.size());
    }
    long length = fully(channel, 0, 8).getLong();
    if (length < 2 || length > MAX_HEADER || length > channel.size() - 8) {
      throw new MalformedFileException(
          file, "bytes 0 to 7 say a header of " + Long.toUnsignedString(length) + " bytes, but the file has " + channel.size());
    }
    return length;
  }

  private static ByteBuffer fully(FileChannel channel, long from, int bytes) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocateDirect(bytes).order(ByteOrder.LITTLE_ENDIAN);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, from + buffer.position()) < 0) {
        throw new IOException("ends at byte " + (from + buffer.position()));
      }
    }
    return buffer.flip();
  }

  private static Map<String, Entry> entries(Path file, JsonObject json, long data, long size) {
    Map<String, Entry> entries = new TreeMap<>();
    for (Map.Entry<String, JsonElement> field : json.entrySet()) {
      if (!field.getKey().equals("__metadata__")) {
        entries.put(field.getKey(), entry(file, field.getKey(), field.getValue(), data));
      }
    }
    checkLayout(file, entries, data, size);
    return entries;
  }

  private static Entry entry(Path file, String name, JsonElement value, long data) {
    try {
      JsonObject fields = value.getAsJsonObject();
      long[] dims = whole(fields.getAsJsonArray("shape"));
      long[] offsets = whole(fields.getAsJsonArray("data_offsets"));
      if (offsets.length != 2) {
        throw new IllegalArgumentException("it has " + offsets.length + " data_offsets, two are needed");
      }
      StoredType type = StoredType.of(fields.get("dtype").getAsString());
      Entry entry = new Entry(type, new Shape(dims), Math.addExact(data, offsets[0]), Math.addExact(data, offsets[1]));
      checkSize(file, name, entry, dims);
      return entry;
    } catch (NullPointerException | IllegalStateException | ArithmeticException
        | UnsupportedOperationException | NumberFormatException | ClassCastException e) {
      throw new MalformedFileException(file, "the header's entry for '" + name + "' is not dtype, shape, data_offsets");
    } catch (IllegalArgumentException e) {
      throw new MalformedFileException(file, "tensor '" + name + "': " + e.getMessage());
    }
  }

  private static long[] whole(JsonArray numbers) {
    return numbers.asList().stream().mapToLong(number -> number.getAsBigDecimal().longValueExact()).toArray();
  }

  private static void checkSize(Path file, String name, Entry entry, long[] dims) {
    long bytes = entry.type().bytes();
    for (long dim : dims) {
      if (dim < 0) {
        throw new MalformedFileException(file, "tensor '" + name + "' has shape " + entry.shape());
      }
      bytes = Math.multiplyExact(bytes, dim);
    }
    if (entry.end() - entry.begin() != bytes) {
      throw new MalformedFileException(file, "tensor '" + name + "' of shape " + entry.shape() + " and type "
          + entry.type() + " needs " + bytes + " bytes, its offsets span " + (entry.end() - entry.begin()));
    }
  }

  /** The format wants tensors back to back, from the header's end to the file's. */
  private static void checkLayout(Path file, Map<String, Entry> entries, long data, long size) {
    List<Map.Entry<String, Entry>> order = new ArrayList<>(entries.entrySet());
    order.sort(Comparator.comparingLong((Map.Entry<String, Entry> e) -> e.getValue().begin())
        .thenComparingLong(e -> e.getValue().end()));
    long at = data;
    for (Map.Entry<String, Entry> each : order) {
      if (each.getValue().begin() != at) {
        throw new MalformedFileException(
            file, "tensor '" + each.getKey() + "' begins at byte " + each.getValue().begin() + ", expected " + at);
      }
      at = each.getValue().end();
    }
    if (at != size) {
      throw new MalformedFileException(file, "the header describes " + at + " bytes, the file has " + size
          + (at > size ? " (truncated download?)" : ""));
    }
  }
}
