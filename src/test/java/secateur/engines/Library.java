package secateur.engines;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The shared libraries of two clients, and how they lay out the structs that their C functions take by value: sizes
 * and offsets in bytes, of exactly the files whose SHA-256 stands here.
 */
enum Library {
  /** llama.cpp b4916, out of the jar of de.kherud:llama 4.2.0. */
  B4916("93276c536d00f037c37ed6ec1e55be9c828940f4a0af59af10a8f638a31bbc3c",
      "llama_model_load_from_file", "llama_init_from_model",
      Blob.Of64.class, new Context(Blob.Of120.class, 0x00, 0x04, 0x10, 0x58), Blob.Of56.class) {
    @Override
    Path file() {
      return extracted("de/kherud/llama/Linux/x86_64/libjllama.so");
    }
  },
  /** The llama.cpp of early 2024 inside npm's gpt4all 4.0.0. */
  GPT4ALL("8b4639d467a798e98b35dfce098e9d0ba3bbfb20f5e8a07c909e44430f51300e",
      "llama_load_model_from_file", "llama_new_context_with_model",
      Blob.Of56.class, new Context(Blob.Of112.class, 0x04, 0x08, 0x0c, 0x50), Blob.Of72.class) {
    @Override
    Path file() {
      return NodePackages.script("node_modules/gpt4all/runtimes/linux-x64/native/libllamamodel-mainline-default.so");
    }
  };

  /**
   * {@code llama_context_params}.
   *
   * @param size n_ctx
   * @param batch n_batch
   * @param threads n_threads; n_threads_batch follows
   * @param keys type_k; type_v follows
   */
  record Context(Class<? extends Blob> type, int size, int batch, int threads, int keys) {}

  private final String sha256;
  final String load;
  final String init;
  final Class<? extends Blob> model;
  final Context context;
  final Class<? extends Blob> batch;

  Library(String sha256, String load, String init, Class<? extends Blob> model, Context context, Class<? extends Blob> batch) {
    this.sha256 = sha256;
    this.load = load;
    this.init = init;
    this.model = model;
    this.context = context;
    this.batch = batch;
  }

  abstract Path file();

  /** The file, which is the one whose layout stands here. */
  Path checked() {
    Path file = file();
    try {
      String found = hash(Files.readAllBytes(file));
      if (!found.equals(sha256)) {
        throw new IllegalStateException(file + " has SHA-256 " + found + "; the layout of structs is known for " + sha256);
      }
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path extracted(String resource) {
    try (var in = Library.class.getClassLoader().getResourceAsStream(resource)) {
      byte[] bytes = in.readAllBytes();
      Path file = Path.of("target", "engines", hash(bytes), "libjllama.so").toAbsolutePath();
      if (!Files.exists(file)) {
        Files.createDirectories(file.getParent());
        Path beside = Files.createTempFile(file.getParent(), "lib", ".so");
        Files.write(beside, bytes);
        Files.move(beside, file, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
      }
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot take " + resource + " out of its jar", e);
    }
  }

  private static String hash(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
