package secateur.gguf;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import secateur.Mutations;
import secateur.file.MalformedFileException;

/** What holds for the reader with any bytes: it refuses them, or they are what the writer makes of what was read. */
final class GgufProperty {

  private static final Path FILE = Path.of("any.gguf");

  private GgufProperty() {}

  /** Whether {@code bytes} were read. */
  static boolean holds(byte[] bytes) throws IOException {
    HeaderReader.Header header;
    try {
      header = new HeaderReader(new HeaderInput(FILE, (to, at) -> Mutations.read(bytes, to, at), bytes.length)).read();
    } catch (MalformedFileException refused) {
      require(refused.offset() >= 0 && refused.offset() <= bytes.length, refused.getMessage());
      return false;
    }
    inside(header.tensors(), bytes.length);
    writtenAgain(header, bytes);
    return true;
  }

  private static void inside(Map<String, GgufFile.Tensor> tensors, int size) {
    long end = 24;
    for (GgufFile.Tensor tensor : tensors.values()) {
      require(tensor.begin() >= end && tensor.bytes() > 0, tensor.name());
      end = tensor.begin() + tensor.bytes();
    }
    require(end <= size, "the tensors end at " + end);
  }

  /** Header for header; the padding is free, and names of 64 bytes are read only. */
  private static void writtenAgain(HeaderReader.Header header, byte[] bytes) {
    if (header.tensors().keySet().stream().anyMatch(name -> name.length() > 21)) {
      return;
    }
    List<GgufWriter.Content> tensors = header.tensors().values().stream()
        .map(each -> new GgufWriter.Content(each.name(), each.type(), each.shape(), () -> ByteBuffer.allocate(0))).toList();
    Metadata metadata = header.metadata();
    int alignment = metadata.has(Format.ALIGNMENT) ? (int) metadata.whole(Format.ALIGNMENT) : Format.DEFAULT_ALIGNMENT;
    ByteBuffer again = GgufWriter.header(metadata, tensors, alignment);
    require(again.equals(ByteBuffer.wrap(bytes, 0, again.remaining())), "the header is written another way");
  }

  private static void require(boolean condition, String what) {
    if (!condition) {
      throw new AssertionError(what);
    }
  }
}
