package secateur.gguf;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import secateur.file.AtomicFile;
import secateur.file.FileParts;

/** Writes one GGUF file, version 3, atomically: the target is the old or the complete new one. */
public final class GgufWriter {

  /** One tensor: {@code shape} outermost first, {@code data} asked for when its turn has come, and not kept. */
  public record Content(String name, GgmlType type, long[] shape, Supplier<ByteBuffer> data) {

    /** Checks that the shape fits the type and the name what llama.cpp reads. */
    public Content {
      shape = shape.clone();
      if (Format.utf8("the name of tensor '" + name + "'", name, Format.MAX_WRITTEN_NAME).length == 0) {
        throw new IllegalArgumentException("the name of a tensor is empty");
      }
      try {
        Format.bytes(type, shape);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("tensor '" + name + "': " + e.getMessage());
      }
    }

    @Override
    public long[] shape() {
      return shape.clone();
    }

    /** Bytes of the tensor in the file, without padding. */
    public long bytes() {
      return Format.bytes(type, shape);
    }

    /** The data, which must have as many bytes as type and shape say. */
    private ByteBuffer checked() {
      ByteBuffer bytes = data.get();
      if (bytes.remaining() != bytes()) {
        throw new IllegalArgumentException("tensor '" + name + "' has " + bytes.remaining() + " bytes of data; its type " + type
            + " and shape " + Arrays.toString(shape) + " need " + bytes());
      }
      return bytes;
    }
  }

  private GgufWriter() {}

  /** Writes {@code metadata} and {@code tensors} in their order; one tensor's data is held at a time. */
  public static void write(Path file, Metadata metadata, List<Content> tensors) {
    checkNames(tensors);
    int alignment = alignment(metadata);
    ByteBuffer header = header(metadata, tensors, alignment);
    AtomicFile.write(file, out -> {
      FileParts.write(out, header);
      pad(out, alignment);
      for (Content tensor : tensors) {
        FileParts.write(out, tensor.checked());
        pad(out, alignment);
      }
    });
  }

  private static void pad(FileChannel out, int alignment) throws IOException {
    FileParts.write(out, ByteBuffer.allocate((int) (Format.padded(out.position(), alignment) - out.position())));
  }

  /** All that precedes the data, without padding. */
  static ByteBuffer header(Metadata metadata, List<Content> tensors, int alignment) {
    HeaderOutput out = new HeaderOutput().i32(Format.MAGIC).i32(Format.VERSION).i64(tensors.size()).metadata(metadata);
    long offset = 0;
    for (Content tensor : tensors) {
      long[] shape = tensor.shape();
      out.string(Format.utf8("the name", tensor.name(), Format.MAX_WRITTEN_NAME)).i32(shape.length);
      for (int i = shape.length - 1; i >= 0; i--) {
        out.i64(shape[i]);
      }
      out.i32(tensor.type().id()).i64(offset);
      offset = Format.padded(Math.addExact(offset, tensor.bytes()), alignment);
    }
    return out.written();
  }

  private static void checkNames(List<Content> tensors) {
    if (tensors.size() > Format.MAX_TENSORS) {
      throw new IllegalArgumentException("there are " + tensors.size() + " tensors, allowed are " + Format.MAX_TENSORS);
    }
    Set<String> names = new HashSet<>();
    for (Content tensor : tensors) {
      if (!names.add(tensor.name())) {
        throw new IllegalArgumentException("there are two tensors '" + tensor.name() + "'");
      }
    }
  }

  private static int alignment(Metadata metadata) {
    long alignment = metadata.has(Format.ALIGNMENT) ? metadata.whole(Format.ALIGNMENT) : Format.DEFAULT_ALIGNMENT;
    if (!Format.isAlignment(alignment)) {
      throw new IllegalArgumentException(Format.ALIGNMENT + " is " + alignment + ", allowed are powers of two from "
          + Format.LEAST_ALIGNMENT + " to " + Format.MOST_ALIGNMENT);
    }
    return (int) alignment;
  }
}
