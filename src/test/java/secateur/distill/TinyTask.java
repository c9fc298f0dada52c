package secateur.distill;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import secateur.model.Llm;
import secateur.text.CoinFlips;
import secateur.text.Examples;
import secateur.text.Task;
import secateur.text.Windows;

/** A task and a model for it that are small enough to learn a few questions by heart in a test. */
final class TinyTask {

  static final Task TASK = new CoinFlips(2);
  static final Examples SOME = TASK.examples(6, 1);
  static final Windows NONE = Windows.of(new long[][] {{0, 0}});

  private static final String CONFIG = """
      {"model_type": "llama", "hidden_size": 64, "intermediate_size": 128, "num_hidden_layers": 1, "num_attention_heads": 2,
       "vocab_size": %d, "max_position_embeddings": 160, "rms_norm_eps": 1e-5, "hidden_act": "silu", "rope_theta": 10000, "tie_word_embeddings": true}
      """;

  private TinyTask() {}

  /** An untrained model in {@code folder}, for the caller to close. */
  static Llm untrained(Path folder) {
    try {
      var tokenizer = TASK.tokenizer(500);
      tokenizer.save(folder);
      Files.writeString(folder.resolve("config.json"), CONFIG.formatted(tokenizer.size()));
      return Llm.random(folder, 1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One that answers {@link #SOME} by thinking. */
  static Llm teacher(Llm untrained) {
    return new ChainOfThought(SOME, 80).rate(5e-3).batch(6).apply(untrained, NONE);
  }
}
