package secateur.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Pieces of files as little-endian buffers, read in full and written in full. */
public final class FileParts {

  private FileParts() {}

  /**
   * Bytes {@code begin} to {@code begin + bytes} of {@code file}: mapped, with what is changed in the buffer kept from the file, or copied
   * where the file may not be written. At most 2 GiB.
   */
  public static ByteBuffer map(Path file, long begin, long bytes) {
    if (bytes > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(bytes + " bytes of " + file + " at byte " + begin + " are more than the "
          + Integer.MAX_VALUE + " that one buffer holds");
    }
    try {
      return mapped(file, begin, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  private static ByteBuffer mapped(Path file, long begin, long bytes) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      checkSize(file, channel, begin + bytes);
      return channel.map(FileChannel.MapMode.PRIVATE, begin, bytes).order(ByteOrder.LITTLE_ENDIAN);
    } catch (IOException notWritable) {
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
        checkSize(file, channel, begin + bytes);
        return fill(ByteBuffer.allocateDirect((int) bytes), channel::read, begin);
      }
    }
  }

  /** Mapping beyond the end would lengthen the file. */
  private static void checkSize(Path file, FileChannel channel, long end) throws IOException {
    if (channel.size() < end) {
      throw new MalformedFileException(file, channel.size(), "the file ends here; when it was opened it reached to byte " + end + " at least");
    }
  }

  /** Fills {@code buffer} from byte {@code begin} on. */
  static ByteBuffer fill(ByteBuffer buffer, ByteSource source, long begin) throws IOException {
    while (buffer.hasRemaining()) {
      if (source.read(buffer, begin + buffer.position()) < 0) {
        throw new IOException("ends at byte " + (begin + buffer.position()));
      }
    }
    return buffer.order(ByteOrder.LITTLE_ENDIAN).flip();
  }

  /** Writes all that remains in {@code bytes}, whose position stays. */
  public static void write(FileChannel out, ByteBuffer bytes) throws IOException {
    for (ByteBuffer left = bytes.duplicate(); left.hasRemaining();) {
      out.write(left);
    }
  }
}
