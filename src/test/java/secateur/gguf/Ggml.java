package secateur.gguf;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.jna.Function;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;

/** The quantizers of llama.cpp b4916, out of {@code de.kherud:llama:4.2.0}, called in this process. */
final class Ggml {

  private static final String RESOURCE = "/de/kherud/llama/Linux/x86_64/libjllama.so";
  private static final String SHA256 = "93276c536d00f037c37ed6ec1e55be9c828940f4a0af59af10a8f638a31bbc3c";

  private final NativeLibrary library;

  private Ggml(NativeLibrary library) {
    this.library = library;
    // fills the table of halves, without which K types come out wrong
    library.getFunction("llama_backend_init").invokeVoid(new Object[0]);
  }

  /** Whether that library runs on this machine. */
  static boolean runsHere() {
    return Platform.isLinux() && Platform.isIntel() && Platform.is64Bit();
  }

  /** The library, written to {@code directory}. */
  static Ggml in(Path directory) throws IOException, GeneralSecurityException {
    Path file = directory.resolve("libjllama.so");
    try (InputStream in = Ggml.class.getResourceAsStream(RESOURCE)) {
      byte[] bytes = in.readAllBytes();
      assertThat(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes))).isEqualTo(SHA256);
      Files.write(file, bytes);
    }
    return new Ggml(NativeLibrary.getInstance(file.toString()));
  }

  byte[] quantize(GgmlType type, float[] weights, int columns, float[] importance) {
    byte[] out = new byte[Math.toIntExact(type.bytes(weights.length))];
    Object written = library.getFunction("ggml_quantize_chunk").invoke(Long.class,
        new Object[] {type.id(), weights, out, 0L, (long) (weights.length / columns), (long) columns, importance});
    assertThat(written).isEqualTo((long) out.length);
    return out;
  }

  float[] dequantize(GgmlType type, byte[] blocks, int count) {
    float[] out = new float[count];
    dequantizer(type).invokeVoid(new Object[] {blocks, out, (long) count});
    return out;
  }

  private Function dequantizer(GgmlType type) {
    return library.getFunction(switch (type) {
      case F32 -> throw new IllegalArgumentException("F32 has no dequantizer");
      case F16 -> "ggml_fp16_to_fp32_row";
      default -> "dequantize_row_" + type.name().replace("Q", "q").replace("I", "i").replace("NL", "nl");
    });
  }
}
