package secateur.file;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.Map;
import secateur.tensor.Scope;

/**
 * One safetensors file: 8 bytes of header length, a JSON header, then the tensors. The header is checked in full
 * before anything is read; tensors are mapped, not copied, where their type allows it.
 */
public final class Safetensors {

  private static final long MOST_AT_ONCE = Integer.MAX_VALUE;

  /** What the header says of one tensor; offsets count from the start of the file. */
  public record Entry(StoredType type, Shape shape, long begin, long end) {}

  private final Path file;
  private final Map<String, Entry> entries;

  private Safetensors(Path file, Map<String, Entry> entries) {
    this.file = file;
    this.entries = Collections.unmodifiableMap(entries);
  }

  /** Reads and checks the header of {@code file}; a {@link MalformedFileException} names what is wrong, and the byte. */
  public static Safetensors open(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new IllegalArgumentException("no file " + file);
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      return new Safetensors(file, SafetensorsHeader.read(file, channel::read, channel.size()));
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
    return entry.type().array(FileParts.map(file, entry.begin(), entry.end() - entry.begin()), entry.shape());
  }
}
