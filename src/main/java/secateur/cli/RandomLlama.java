package secateur.cli;

import com.google.gson.JsonObject;

/** Shapes of LLaMA (Touvron et al., arXiv 2302.13971) in the width and depth that a measurement wants. */
final class RandomLlama {

  static final int VOCABULARY = 32000;
  static final int CONTEXT = 2048;

  private static final int HEAD = 128;
  private static final int MULTIPLE = 256;

  private RandomLlama() {}

  /** 4096 and 32 are LLaMA-7B. */
  static JsonObject config(int hidden, int blocks) {
    JsonObject config = new JsonObject();
    config.addProperty("model_type", "llama");
    config.addProperty("hidden_size", hidden);
    config.addProperty("intermediate_size", (8 * hidden / 3 + MULTIPLE - 1) / MULTIPLE * MULTIPLE);
    config.addProperty("num_hidden_layers", blocks);
    config.addProperty("num_attention_heads", Math.max(1, hidden / HEAD));
    config.addProperty("vocab_size", VOCABULARY);
    config.addProperty("max_position_embeddings", CONTEXT);
    config.addProperty("rms_norm_eps", 1e-5);
    config.addProperty("hidden_act", "silu");
    config.addProperty("rope_theta", 10000);
    config.addProperty("tie_word_embeddings", false);
    return config;
  }
}
