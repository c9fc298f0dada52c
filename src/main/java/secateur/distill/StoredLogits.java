package secateur.distill;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import java.nio.LongBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import secateur.file.Safetensors;
import secateur.method.Cost;
import secateur.model.Llm;
import secateur.tensor.Divergences;
import secateur.tensor.Nn;
import secateur.text.Windows;
import secateur.train.Masked;

/**
 * What a teacher thinks of the next token in every place of a text, said once and kept in a file: the k likeliest tokens with their
 * logarithms of p, and all others together as one outcome. A student is compared on these k + 1 outcomes, so that the teacher
 * itself is not needed any more. 6 k + 2 bytes a token.
 *
 * <pre>{@code
 * var stored = StoredLogits.of(teacher, text, new StoredLogits.Top(50, 2), Path.of("teacher.safetensors"));
 * lab.step(new LogitKd(stored, 400).temperature(2).on(text));
 * }</pre>
 */
public final class StoredLogits implements Teacher {

  private static final int FLOAT32 = 4;
  private static final int ARRAYS = 3; // q, q without the likeliest, the gradient

  private final Path file;
  private final Safetensors stored;
  private final LogitFile.About about;
  private final Map<LongBuffer, Integer> windows = new HashMap<>();

  /**
   * What is kept of each next token.
   *
   * @param k how many tokens, 1 or more and below the vocabulary
   * @param temperature τ of p = softmax(logits / τ)
   */
  public record Top(int k, double temperature) {

    /** Refuses to keep nothing. */
    public Top {
      if (k < 1 || !(temperature > 0) || Double.isInfinite(temperature)) {
        throw new IllegalArgumentException("the " + k + " likeliest tokens at temperature " + temperature + "; allowed are 1 or more, above 0");
      }
    }

    /** At temperature 1. */
    public Top(int k) {
      this(k, 1);
    }

    @Override
    public String toString() {
      return "top " + k + " at τ=" + temperature;
    }
  }

  private StoredLogits(Path file) {
    this.file = file;
    this.stored = Safetensors.open(file);
    this.about = LogitFile.about(file, stored);
    long[][] ids = LogitFile.ids(stored);
    for (int i = 0; i < ids.length; i++) {
      windows.put(LongBuffer.wrap(ids[i]), i);
    }
  }

  /**
   * What {@code teacher} thinks of {@code text}: read from {@code file} where it is there, else written to it. A file of another
   * teacher, text or k is an error that says whose it is.
   */
  public static StoredLogits of(Llm teacher, Windows text, Top top, Path file) {
    long[][] ids = text.ids(teacher.tokenizerOrNull());
    LogitFile.About wanted = LogitFile.About.of(teacher, ids, top);
    if (!Files.exists(file)) {
      LogitFile.write(teacher, ids, wanted, file);
    }
    StoredLogits stored = open(file);
    if (!stored.about.equals(wanted)) {
      throw new IllegalArgumentException(file + " holds " + stored.about + ", wanted is " + wanted + "; remove it, or name another file");
    }
    return stored;
  }

  /** What was written to {@code file} before; no teacher is needed. */
  public static StoredLogits open(Path file) {
    return new StoredLogits(file);
  }

  @Override
  public void check(Llm student, double temperature) {
    if (temperature != about.top().temperature()) {
      throw new IllegalArgumentException(file + " holds " + about + ", wanted is temperature " + temperature);
    }
    String own = student.tokenizerOrNull() == null ? "" : student.tokenizer().hash();
    if (!own.equals(about.tokenizer()) || student.head().rows() < about.vocabulary()) {
      throw new IllegalArgumentException(file + " holds " + about + "; " + student.name() + " has tokenizer " + own + " and logits of "
          + student.head().rows() + " tokens");
    }
  }

  @Override
  public NDArray divergence(Divergence divergence, NDArray logits, Masked batch, double temperature) {
    int[] rows = Arrays.stream(batch.ids()).mapToInt(this::row).toArray();
    NDArray places = stack(rows, LogitFile.PLACES).toDevice(logits.getDevice(), false);
    NDArray labels = stack(rows, LogitFile.LABELS).toType(DataType.FLOAT32, false).toDevice(logits.getDevice(), false);
    NDArray tokens = divergence.of(Divergences.folded(logits, places, temperature), labels, 1);
    return Nn.scaled(tokens, temperature * temperature);
  }

  private int row(long[] ids) {
    return Objects.requireNonNullElseGet(windows.get(LongBuffer.wrap(ids)), () -> {
      throw new IllegalArgumentException("the window that begins with ids " + Arrays.toString(Arrays.copyOf(ids, Math.min(8, ids.length)))
          + " is none of the " + windows.size() + " in " + file + "; train on the windows that it was written for");
    });
  }

  private NDArray stack(int[] rows, String what) {
    return NDArrays.stack(new NDList(Arrays.stream(rows).mapToObj(row -> stored.read(what + row)).toArray(NDArray[]::new)));
  }

  /** Only the student is folded. */
  @Override
  public Cost cost(long tokens) {
    return new Cost(FLOAT32 * ARRAYS * tokens * about.vocabulary(), 0);
  }

  @Override
  public String toString() {
    return about.teacher() + " (" + about.top() + ")";
  }
}
