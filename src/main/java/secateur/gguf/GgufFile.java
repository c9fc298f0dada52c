package secateur.gguf;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.Map;
import secateur.file.FileParts;

/**
 * One GGUF file, version 3, little-endian (the specification in ggml's docs/gguf.md). The header is checked in full before any tensor
 * is read, and nothing is allocated for what the file does not hold.
 */
public final class GgufFile {

  /** One tensor: {@code shape} outermost first, {@code begin} counted from the start of the file. */
  public record Tensor(String name, GgmlType type, long[] shape, long begin, long bytes) {

    /** Copies the shape. */
    public Tensor {
      shape = shape.clone();
    }

    @Override
    public long[] shape() {
      return shape.clone();
    }
  }

  private final Path file;
  private final Metadata metadata;
  private final Map<String, Tensor> tensors;

  private GgufFile(Path file, HeaderReader.Header header) {
    this.file = file;
    this.metadata = header.metadata();
    this.tensors = Collections.unmodifiableMap(header.tensors());
  }

  /** Reads and checks the header of {@code file}; a {@link secateur.file.MalformedFileException} names the byte where it is wrong. */
  public static GgufFile open(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new IllegalArgumentException("no file " + file);
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      return new GgufFile(file, new HeaderReader(new HeaderInput(file, channel::read, channel.size())).read());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  /** The key-value pairs. */
  public Metadata metadata() {
    return metadata;
  }

  /** Name to tensor, in the file's order. */
  public Map<String, Tensor> tensors() {
    return tensors;
  }

  /** The bytes of tensor {@code name}, little-endian; changes stay in the buffer. A tensor above 2 GiB is an error. */
  public ByteBuffer read(String name) {
    Tensor tensor = tensors.get(name);
    if (tensor == null) {
      throw new IllegalArgumentException("no tensor '" + name + "' in " + file);
    }
    if (tensor.bytes() > Integer.MAX_VALUE) {
      throw new IllegalArgumentException("tensor '" + name + "' in " + file + " has " + tensor.bytes() + " bytes; one buffer holds "
          + Integer.MAX_VALUE);
    }
    return FileParts.map(file, tensor.begin(), tensor.bytes());
  }
}
