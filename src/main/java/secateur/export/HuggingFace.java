package secateur.export;
import java.nio.file.Path;
import secateur.model.Llm;
/** Model directories in the Hugging Face layout. */
public final class HuggingFace {
  private HuggingFace() {}
  public static void save(Llm model, Path directory) { throw new UnsupportedOperationException(); }
}
