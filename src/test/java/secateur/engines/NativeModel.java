package secateur.engines;

import com.sun.jna.Function;
import com.sun.jna.Memory;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import com.sun.jna.Structure;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/** A GGUF file open in a {@link Library}, through llama.cpp's C functions: F32 keys and values, two threads. */
final class NativeModel {
  private static final int THREADS = 2;

  private final Library library;
  private final NativeLibrary functions;
  private final Pointer model;
  private final Pointer context;
  private final int columns;

  /** @throws IllegalStateException if the library refuses the file */
  NativeModel(Library library, Path file, int size) {
    this.library = library;
    functions = NativeLibrary.getInstance(library.checked().toString());
    call(void.class, "llama_backend_init");   // fills the table of half precision
    model = open(library.load, file.toString(), call(library.model, "llama_model_default_params"));
    context = open(library.init, model, parameters(size));
    columns = call(Integer.class, "llama_n_vocab", vocabulary());
  }

  private Pointer open(String function, Object first, Blob parameters) {
    Pointer opened = call(Pointer.class, function, first, parameters);
    if (opened == null) {
      throw new IllegalStateException(function + " refuses " + first);
    }
    return opened;
  }

  private Blob parameters(int size) {
    Library.Context layout = library.context;
    Blob parameters = call(layout.type(), "llama_context_default_params");
    ByteBuffer fields = ByteBuffer.wrap(parameters.bytes).order(ByteOrder.LITTLE_ENDIAN);
    fields.putInt(layout.size(), size).putInt(layout.batch(), size);
    fields.putInt(layout.threads(), THREADS).putInt(layout.threads() + 4, THREADS);
    fields.putInt(layout.keys(), 0).putInt(layout.keys() + 4, 0);   // GGML_TYPE_F32
    parameters.write();
    return parameters;
  }

  /** What functions about tokens take: the vocabulary, the model itself in older builds. */
  private Pointer vocabulary() {
    return library == Library.B4916 ? call(Pointer.class, "llama_model_get_vocab", model) : model;
  }

  /** Rows of logits after each id, one after another. */
  float[] logits(int[] ids) {
    call(void.class, "llama_kv_cache_clear", context);
    decode(ids);
    float[] all = new float[ids.length * columns];
    for (int row = 0; row < ids.length; row++) {
      call(Pointer.class, "llama_get_logits_ith", context, row).read(0, all, row * columns, columns);
    }
    return all;
  }

  /** exp of the mean of -log p(token | those before it in its window), the first token of a window not counted. */
  double perplexity(int[][] windows) {
    double sum = 0;
    long count = 0;
    for (int[] window : windows) {
      float[] all = logits(window);
      for (int t = 1; t < window.length; t++, count++) {
        sum += logSumExp(all, (t - 1) * columns) - all[(t - 1) * columns + window[t]];
      }
    }
    return Math.exp(sum / count);
  }

  private double logSumExp(float[] all, int from) {
    double largest = Double.NEGATIVE_INFINITY;
    for (int i = from; i < from + columns; i++) {
      largest = Math.max(largest, all[i]);
    }
    double sum = 0;
    for (int i = from; i < from + columns; i++) {
      sum += Math.exp(all[i] - largest);
    }
    return largest + Math.log(sum);
  }

  /** {@code llama_batch}: n_tokens, token, embd, pos, n_seq_id, seq_id, logits; every position's logits are asked for. */
  private void decode(int[] ids) {
    int n = ids.length;
    Memory numbers = new Memory(4L * (3 * n + 1));   // ids, positions, ones, and a sequence id 0
    Memory sequences = new Memory(8L * n);
    Memory wanted = new Memory(n);
    numbers.setInt(12L * n, 0);
    for (int i = 0; i < n; i++) {
      numbers.setInt(4L * i, ids[i]);
      numbers.setInt(4L * (n + i), i);
      numbers.setInt(4L * (2 * n + i), 1);
      sequences.setPointer(8L * i, numbers.share(12L * n));
      wanted.setByte(i, (byte) 1);
    }
    Blob batch = Structure.newInstance(library.batch);
    ByteBuffer.wrap(batch.bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(0, n).putLong(8, Pointer.nativeValue(numbers))
        .putLong(24, Pointer.nativeValue(numbers.share(4L * n))).putLong(32, Pointer.nativeValue(numbers.share(8L * n)))
        .putLong(40, Pointer.nativeValue(sequences)).putLong(48, Pointer.nativeValue(wanted));
    int status = call(Integer.class, "llama_decode", context, batch);
    if (status != 0) {
      throw new IllegalStateException("llama_decode of " + n + " tokens gives " + status);
    }
  }

  int[] tokenize(String text, boolean special) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    int[] ids = new int[bytes.length + 8];
    int n = call(Integer.class, "llama_tokenize", vocabulary(), Arrays.copyOf(bytes, bytes.length + 1), bytes.length,
        ids, ids.length, (byte) 0, (byte) (special ? 1 : 0));
    if (n < 0) {
      throw new IllegalStateException("llama_tokenize wants room for " + -n + " ids of " + bytes.length + " bytes");
    }
    return Arrays.copyOf(ids, n);
  }

  @SuppressWarnings("unchecked")
  private <T> T call(Class<T> type, String name, Object... arguments) {
    Function function = functions.getFunction(name);
    return (T) function.invoke(type, arguments);
  }
}
