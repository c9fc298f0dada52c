package secateur;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import secateur.file.AtomicFile;
import secateur.file.FileParts;
import secateur.gguf.GgmlType;
import secateur.gguf.GgufWriter;
import secateur.gguf.Metadata;

/** A process that writes its files again and again, each time with another number in every word, until it is killed; says so after each round. */
public final class RepeatedWriter {

  /** Words of each tensor. */
  static final int WORDS = 1 << 16;
  static final int TENSORS = 3;

  private RepeatedWriter() {}

  /** Writes {@code args[0]}/a.gguf and a.safetensors, from number {@code args[1]} on. */
  public static void main(String[] args) {
    for (int number = Integer.parseInt(args[1]);; number++) {
      gguf(Path.of(args[0], "a.gguf"), number);
      safetensors(Path.of(args[0], "a.safetensors"), number);
      System.out.write('w');
      System.out.flush();
    }
  }

  private static ByteBuffer words(int number) {
    ByteBuffer words = ByteBuffer.allocate(4 * WORDS);
    while (words.hasRemaining()) {
      words.putInt(number);
    }
    return words.flip();
  }

  static void gguf(Path file, int number) {
    List<GgufWriter.Content> tensors = List.of("a", "b", "c").stream()
        .map(name -> new GgufWriter.Content(name, GgmlType.F32, new long[] {WORDS}, () -> words(number))).toList();
    GgufWriter.write(file, Metadata.builder().u32("number", number).build(), tensors);
  }

  /** Written as the tensor writer does, piece by piece, without the engine that it needs. */
  static void safetensors(Path file, int number) {
    int bytes = 4 * WORDS * TENSORS;
    byte[] header = "{\"x\":{\"dtype\":\"I32\",\"shape\":[%d],\"data_offsets\":[0,%d]}}".formatted(bytes / 4, bytes).getBytes(StandardCharsets.UTF_8);
    AtomicFile.write(file, out -> {
      FileParts.write(out, ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(header.length).flip());
      FileParts.write(out, ByteBuffer.wrap(header));
      for (int i = 0; i < TENSORS; i++) {
        FileParts.write(out, words(number));
      }
    });
  }
}
