package secateur.export;

import java.nio.file.Path;
import secateur.model.Llm;

/** A way to write a model that other programs open. */
@FunctionalInterface
public interface Format {

  /**
   * Writes {@code model} to {@code path}, a file or a directory as the format has it. Each file is replaced in one atomic step. What the format
   * has no place for is an error that says so before anything is written.
   */
  Written save(Llm model, Path path);

  /** What the name of {@code path} asks for: GGUF for {@code .gguf}, else a directory in the Hugging Face layout; each layer as it is. */
  static Format of(Path path) {
    return path.toString().endsWith(".gguf") ? new Gguf() : new HuggingFaceLayout();
  }
}
