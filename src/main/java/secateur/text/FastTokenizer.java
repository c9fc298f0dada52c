package secateur.text;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.huggingface.tokenizers.jni.TokenizersLibrary;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** A {@code tokenizer.json} run by the Hugging Face library of DJL. */
final class FastTokenizer implements Tokenizer {
  private static final Map<String, String> WHOLE = Map.of(
      "addSpecialTokens", "true", "truncation", "false", "padding", "false");

  private final HuggingFaceTokenizer library;   // closes itself when unreachable
  private static final int LONG = 100_000;

  private final TokenizerFiles files;
  private final Vocabulary vocabulary;
  private final String hash;

  static {
    property("RUST_FLAVOR", "cpu");           // else it tries to download a CUDA build of itself
    property("OPT_OUT_TRACKING", "true");     // else DJL phones home
  }

  FastTokenizer(TokenizerFiles files) {
    this.files = files;
    vocabulary = new Vocabulary(files);
    hash = Sha256.of(files.tokenizer()).substring(0, 12);
    try {
      library = HuggingFaceTokenizer.newInstance(new ByteArrayInputStream(files.tokenizer()), WHOLE);
    } catch (IOException | RuntimeException e) {
      throw new IllegalArgumentException(files.origin() + " is refused by the tokenizers library: " + e.getMessage(), e);
    }
  }

  TokenizerFiles files() {
    return files;
  }

  @Override
  public void save(Path directory) {
    files.save(directory);
  }

  private static void property(String name, String value) {
    if (System.getProperty(name) == null) {
      System.setProperty(name, value);
    }
  }

  @Override
  public long[] encode(String text) {
    return text.length() < LONG ? encodeNow(text) : encodeAside(text);
  }

  /** On a thread of its own: a caller that is interrupted need not wait for the library. */
  private long[] encodeAside(String text) {
    try {
      return CompletableFuture.supplyAsync(() -> encodeNow(text)).get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted while a text was being tokenized");
    } catch (ExecutionException e) {
      throw new IllegalStateException("the tokenizer failed: " + e.getCause().getMessage(), e.getCause());
    }
  }

  /** The ids alone: DJL's own {@code encode} copies pieces, spans and masks as well. */
  private long[] encodeNow(String text) {
    TokenizersLibrary calls = TokenizersLibrary.LIB;
    try {
      long encoding = calls.encode(library.getHandle(), text, true);
      try {
        return calls.getTokenIds(encoding);
      } finally {
        calls.deleteEncoding(encoding);
      }
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
