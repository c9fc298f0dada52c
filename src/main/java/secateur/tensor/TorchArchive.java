package secateur.tensor;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A TorchScript archive (a zip of stored entries) around operators in the serialized dialect. */
final class TorchArchive {

  private static final String HEADER =
      """
      class Ops(Module):
        __parameters__ = []
        __buffers__ = []
        training : bool
        _is_full_backward_hook : Optional[bool]
      """;

  private TorchArchive() {}

  /** The archive's bytes; {@code source} holds functions that take {@code self: __torch__.Ops}. */
  static byte[] of(String source) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      put(zip, "version", "10\n".getBytes(StandardCharsets.US_ASCII));
      put(zip, "constants.pkl", new byte[] {(byte) 0x80, 2, ')', '.'});
      put(zip, "data.pkl", module());
      put(zip, "code/__torch__.py", (HEADER + source.indent(2)).getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  /** The pickle of an empty module: class, empty arguments, and its two attributes. */
  private static byte[] module() {
    ByteBuffer pickle = ByteBuffer.allocate(128).order(ByteOrder.LITTLE_ENDIAN);
    pickle.put((byte) 0x80).put((byte) 2);
    pickle.put(ascii("c__torch__\nOps\n)")).put((byte) 0x81).put(ascii("}("));
    name(pickle, "training").put((byte) 0x89);
    name(pickle, "_is_full_backward_hook").put(ascii("Nub."));
    byte[] bytes = new byte[pickle.position()];
    pickle.flip().get(bytes);
    return bytes;
  }

  private static ByteBuffer name(ByteBuffer pickle, String text) {
    return pickle.put((byte) 'X').putInt(text.length()).put(ascii(text));
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static void put(ZipOutputStream zip, String name, byte[] content) throws IOException {
    CRC32 crc = new CRC32();
    crc.update(content);
    ZipEntry entry = new ZipEntry("ops/" + name);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(content.length);
    entry.setCrc(crc.getValue());
    zip.putNextEntry(entry);
    zip.write(content);
    zip.closeEntry();
  }
}
