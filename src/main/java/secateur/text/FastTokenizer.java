package secateur.text;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.ref.Reference;
import java.util.Map;
import java.util.OptionalLong;

/** A {@code tokenizer.json} run by the Hugging Face library of DJL. */
final class FastTokenizer implements Tokenizer {
  private static final Map<String, String> WHOLE = Map.of(
      "addSpecialTokens", "true", "truncation", "false", "padding", "false");

  private final HuggingFaceTokenizer library;   // closes itself when unreachable
  private final Vocabulary vocabulary;
  private final String hash;

  static {
    property("RUST_FLAVOR", "cpu");           // else it tries to download a CUDA build of itself
    property("OPT_OUT_TRACKING", "true");     // else DJL phones home
  }

  FastTokenizer(TokenizerFiles files) {
    vocabulary = new Vocabulary(files);
    hash = Sha256.of(files.tokenizer()).substring(0, 12);
    try {
      library = HuggingFaceTokenizer.newInstance(new ByteArrayInputStream(files.tokenizer()), WHOLE);
    } catch (IOException | RuntimeException e) {
      throw new IllegalArgumentException(files.origin() + " is refused by the tokenizers library: " + e.getMessage(), e);
    }
  }

  private static void property(String name, String value) {
    if (System.getProperty(name) == null) {
      System.setProperty(name, value);
    }
  }

  @Override
  public long[] encode(String text) {
    try {
      return library.encode(text, true, false).getIds();
    } finally {
      Reference.reachabilityFence(library);   // its finalizer frees what the native call works on
    }
  }

  @Override
  public String decode(long[] ids) {
    for (long id : ids) {
      vocabulary.piece(id);
    }
    try {
      return library.decode(ids, true);
    } finally {
      Reference.reachabilityFence(library);
    }
  }

  @Override
  public int size() {
    return vocabulary.size();
  }

  @Override
  public String hash() {
    return hash;
  }

  @Override
  public OptionalLong end() {
    return vocabulary.end();
  }

  @Override
  public String token(long id) {
    return vocabulary.piece(id);
  }

  @Override
  public String toString() {
    return "Tokenizer(" + size() + " tokens, " + hash + ")";
  }
}
