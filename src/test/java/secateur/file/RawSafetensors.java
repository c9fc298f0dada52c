package secateur.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes safetensors files byte by byte, right or wrong. */
public final class RawSafetensors {

  private RawSafetensors() {}

  /** {@code header} with its true length, then {@code data}. */
  public static Path write(Path file, String header, byte... data) {
    return write(file, header.getBytes(StandardCharsets.UTF_8).length, header, data);
  }

  /** {@code header} said to be {@code length} bytes long, then {@code data}. */
  public static Path write(Path file, long length, String header, byte... data) {
    byte[] text = header.getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes = ByteBuffer.allocate(8 + text.length + data.length).order(ByteOrder.LITTLE_ENDIAN);
    try {
      return Files.write(file, bytes.putLong(length).put(text).put(data).array());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
