package secateur.text;

import com.google.gson.JsonParseException;
import java.util.List;
import secateur.gguf.Metadata;

/**
 * Tokenizers in GGUF files: the keys {@code tokenizer.ggml.*} of llama.cpp. Two kinds of {@code tokenizer.json} have a
 * form there: byte-level BPE, whose pre-tokenizer has a name, and BPE with byte fallback on text whose spaces are U+2581,
 * which is SentencePiece's kind in LLaMA 2 and Mistral.
 */
public final class GgufVocabulary {
  private GgufVocabulary() {}

  /**
   * Adds the tokenizer's keys.
   *
   * @param rows of the model's embeddings; ids without a token become unused tokens {@code [PADn]}
   * @return what the file cannot say of this tokenizer, a sentence each
   * @throws IllegalArgumentException if it has no form in GGUF, or more ids than there are rows
   */
  public static List<String> write(Tokenizer tokenizer, int rows, Metadata.Builder into) {
    if (!(tokenizer instanceof FastTokenizer fast)) {
      throw new IllegalArgumentException(tokenizer + " comes from no tokenizer.json");
    }
    try {
      return new VocabularyWriter(fast.files(), rows).write(into);
    } catch (JsonParseException | IllegalStateException | ClassCastException | NullPointerException e) {
      throw new IllegalArgumentException(fast.files().origin() + " is not laid out as a tokenizer.json is", e);
    }
  }

  /** Whether a file says how text becomes tokens. */
  public static boolean isIn(Metadata metadata) {
    return metadata.has("tokenizer.ggml.tokens");
  }

  /**
   * The tokenizer of a file. Merges of the SentencePiece kind are rebuilt from the scores: all splits of a token into
   * two others, in the order of its score.
   *
   * @throws IllegalArgumentException if keys are missing or contradict each other, or the kind of tokenizer is not known
   */
  public static Tokenizer read(Metadata metadata) {
    return new FastTokenizer(new VocabularyReader(metadata).files());
  }
}
