package secateur.export;

import secateur.gguf.Metadata;
import secateur.model.Llm;

final class GgufVocabulary {
  private GgufVocabulary() {}
  static void write(Llm model, Metadata.Builder into) {
    into.text("tokenizer.ggml.model", "no_vocab").u32(model.spec().gguf().architecture() + ".vocab_size", model.head().rows());
  }
}
