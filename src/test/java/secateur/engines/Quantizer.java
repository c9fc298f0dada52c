package secateur.engines;

import com.sun.jna.Function;
import com.sun.jna.NativeLibrary;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What {@code llama-quantize} does, in a process of its own: {@code main FROM TYPE TO [TYPE TO …]}. */
public final class Quantizer {

  private Quantizer() {}

  /** Writes {@code from}, a file of float32, in each of the {@code types} of files that llama.cpp numbers. */
  public static void quantize(Path from, Map<Integer, Path> types) {
    List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")), Quantizer.class.getName(), from.toString()));
    types.forEach((type, to) -> command.addAll(List.of(type.toString(), to.toString())));
    try {
      Path log = Files.createTempFile(Files.createDirectories(Path.of("target", "engines")), "quantizer", ".log");
      int status = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start().waitFor();
      if (status != 0) {
        throw new IllegalStateException("llama_model_quantize ended with status " + status + ": " + Files.readString(log));
      }
      Files.delete(log);
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** llama.cpp v0.5.0 in npm's node-llama-cpp 3.22.1; package-lock.json pins its hash. */
  private static NativeLibrary open() {
    Path folder = NodePackages.script("node_modules/@node-llama-cpp/linux-x64/bins/linux-x64");
    NativeLibrary.getInstance(folder.resolve("libggml-base.so").toString());
    NativeLibrary.getInstance(folder.resolve("libggml.v0.5.0.so").toString()).getFunction("ggml_backend_load_all_from_path")
        .invokeVoid(new Object[] {folder.toString()});
    return NativeLibrary.getInstance(folder.resolve("libllama.v0.5.0.so").toString());
  }

  /** The process itself. */
  public static void main(String[] args) {
    NativeLibrary library = open();
    library.getFunction("llama_backend_init").invokeVoid(new Object[0]);
    for (int i = 1; i < args.length; i += 2) {
      Blob parameters = (Blob) library.getFunction("llama_model_quantize_default_params").invoke(Blob.Of120.class, new Object[0]);
      ByteBuffer.wrap(parameters.bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(0, 2).putInt(4, Integer.parseInt(args[i])); // nthread, ftype
      parameters.write();
      Function quantize = library.getFunction("llama_model_quantize");
      int status = quantize.invokeInt(new Object[] {args[0], args[i + 1], parameters.getPointer()});
      if (status != 0) {
        System.exit(status);
      }
    }
    Runtime.getRuntime().halt(0);
  }
}
