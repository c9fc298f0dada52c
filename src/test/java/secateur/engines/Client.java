package secateur.engines;

import java.nio.file.Path;
import java.util.List;

/** Programs that open GGUF files, each a released package of a registry. */
public enum Client {
  /** npm node-llama-cpp 3.22.1: llama.cpp v0.5.0, of 2026. */
  NODE_LLAMA_CPP {
    @Override
    public Engine open(Path file, int context) {
      return node("llama.mjs", file, context);
    }
  },
  /** Maven de.kherud:llama 4.2.0: llama.cpp b4916, of 2025. */
  JAVA_LLAMA_CPP {
    @Override
    public Engine open(Path file, int context) {
      return EngineProcess.start(NativeEngine.command(Library.B4916, file, context));
    }
  },
  /** npm gpt4all 4.0.0: its own llama.cpp, of early 2024. */
  GPT4ALL {
    @Override
    public Engine open(Path file, int context) {
      Engine text = node("gpt4all.mjs", file, context);
      try {
        return new Gpt4All(EngineProcess.start(NativeEngine.command(Library.GPT4ALL, file, context)), text);
      } catch (RuntimeException e) {
        text.close();
        throw e;
      }
    }
  };

  /**
   * Opens a file for texts of up to {@code context} tokens.
   *
   * @throws IllegalStateException if the client refuses the file, or ends, with the last lines that it wrote
   */
  public abstract Engine open(Path file, int context);

  private static Engine node(String script, Path file, int context) {
    return EngineProcess.start(List.of(NodePackages.node().toString(), NodePackages.script(script).toString(),
        file.toAbsolutePath().toString(), Integer.toString(context)));
  }

  /** Numbers come from the library inside the package, text from the package's own face, which gives no numbers. */
  private record Gpt4All(Engine numbers, Engine text) implements Engine {
    @Override
    public float[][] logits(int[] ids) {
      return numbers.logits(ids);
    }

    @Override
    public int[][] tokenize(List<String> texts, boolean special) {
      return numbers.tokenize(texts, special);
    }

    @Override
    public double perplexity(List<int[]> windows) {
      return numbers.perplexity(windows);
    }

    @Override
    public String generate(String prompt, int tokens) {
      return text.generate(prompt, tokens);
    }

    @Override
    public void close() {
      numbers.close();
      text.close();
    }
  }
}
