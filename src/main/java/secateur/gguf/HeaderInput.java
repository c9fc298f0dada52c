package secateur.gguf;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import secateur.file.ByteSource;
import secateur.file.MalformedFileException;
import secateur.file.Utf8;

/** The header's bytes, front to back: little-endian, never more than the file has, errors with their offset. */
final class HeaderInput {

  private static final int WINDOW = 64 << 10;

  private final Path file;
  private final ByteSource source;
  private final long size;
  private final ByteBuffer window;
  /** The file's byte at the window's start. */
  private long start;

  /** The header at the start of {@code file}, whose {@code size} bytes {@code source} reads. */
  HeaderInput(Path file, ByteSource source, long size) {
    this.file = file;
    this.source = source;
    this.size = size;
    this.window = ByteBuffer.allocate((int) Math.min(size, WINDOW)).order(ByteOrder.LITTLE_ENDIAN).limit(0);
  }

  /** The byte that comes next. */
  long offset() {
    return start + window.position();
  }

  /** Bytes of the whole file. */
  long size() {
    return size;
  }

  /** Bytes from the next on to the file's end. */
  long left() {
    return size - offset();
  }

  MalformedFileException malformed(long offset, String reason) {
    return new MalformedFileException(file, offset, reason);
  }

  byte i8(String what) throws IOException {
    return need(1, what).get();
  }

  int i32(String what) throws IOException {
    return need(4, what).getInt();
  }

  long i64(String what) throws IOException {
    return need(8, what).getLong();
  }

  /** A number of type {@code type}, at the buffer's position, which the caller moves on. */
  ByteBuffer number(ValueType type, String what) throws IOException {
    return need(type.least(), what);
  }

  /** A count of things that have {@code least} bytes each in the file, so that there is room for them in what is left. */
  int count(int least, String what) throws IOException {
    long at = offset();
    long count = i64("the number of " + what);
    long most = Math.min(left(), Format.MAX_HEADER) / least;
    if (count < 0 || count > most) {
      throw malformed(at, Long.toUnsignedString(count) + " " + what + " have no place in the " + left() + " bytes that are left; allowed are " + most);
    }
    return (int) count;
  }

  /** {@code bytes} bytes, which {@link #count} has found to be there. */
  byte[] bytes(int bytes, String what) throws IOException {
    check(bytes, what);
    byte[] copy = new byte[bytes];
    for (int done = 0; done < bytes;) {
      int step = Math.min(bytes - done, window.capacity());
      need(step, what).get(copy, done, step);
      done += step;
    }
    return copy;
  }

  /** A string of at most {@code most} bytes, all of them UTF-8. */
  String string(int most, String what) throws IOException {
    long at = offset();
    long length = i64("the length of " + what);
    if (length < 0 || length > most) {
      throw malformed(at, what + " has " + Long.toUnsignedString(length) + " bytes, allowed are " + most);
    }
    byte[] bytes = bytes((int) length, what);
    try {
      return Utf8.decode(bytes);
    } catch (CharacterCodingException e) {
      throw malformed(at + 8, what + " is no valid UTF-8");
    }
  }

  private void check(int bytes, String what) {
    if (bytes > left()) {
      throw malformed(offset(), "the file ends at byte " + size + " within " + what + ", which needs " + bytes + " bytes");
    }
    if (offset() + bytes > Format.MAX_HEADER) {
      throw malformed(offset(), "the header goes on with " + what + "; allowed are " + Format.MAX_HEADER + " bytes");
    }
  }

  /** The window with {@code bytes} bytes in it from its position on; they are no more than it holds. */
  private ByteBuffer need(int bytes, String what) throws IOException {
    if (window.remaining() >= bytes) {
      return window;
    }
    check(bytes, what);
    start += window.position();
    window.compact();
    while (window.position() < bytes) {
      if (source.read(window, start + window.position()) < 0) {
        throw malformed(start + window.position(), "the file was cut here while it was read");
      }
    }
    return window.flip();
  }
}
