package secateur.export;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import secateur.file.StoredType;
import secateur.file.TensorData;
import secateur.model.Dense;
import secateur.model.DenseTensors;
import secateur.model.Linear;
import secateur.model.Llm;
import secateur.model.RoundedInput;
import secateur.tensor.Bits;
import secateur.tensor.Scope;

/**
 * A model with all its numbers plain and in one type, whatever form its layers have: the directory that transformers opens. What has no
 * finite number in the type is refused; what is rounded is counted in the report.
 *
 * @param type F16, BF16 or F32
 * @param shardBytes the most that one file holds
 */
public record DenseLayout(StoredType type, long shardBytes) implements Format {

  /** Refuses what cannot be meant. */
  public DenseLayout {
    if (!List.of(StoredType.F16, StoredType.BF16, StoredType.F32).contains(type)) {
      throw new IllegalArgumentException("the type is " + type + ", allowed are F16, BF16, F32");
    }
    ModelDirectory.checkShard(shardBytes);
  }

  /** In {@code type}, in files of at most 5 GB. */
  public DenseLayout(StoredType type) {
    this(type, ModelDirectory.SHARD);
  }

  /** In float16. */
  public static DenseLayout float16() {
    return new DenseLayout(StoredType.F16);
  }

  /** In bfloat16. */
  public static DenseLayout bfloat16() {
    return new DenseLayout(StoredType.BF16);
  }

  /** In float32. */
  public static DenseLayout float32() {
    return new DenseLayout(StoredType.F32);
  }

  /** In files of at most {@code bytes}. */
  public DenseLayout sharded(long bytes) {
    return new DenseLayout(type, bytes);
  }

  @Override
  public Written save(Llm model, Path directory) {
    Map<String, TensorData> tensors = new TreeMap<>();
    List<String> notes = new ArrayList<>(Contents.ownSettings(model));
    Losses losses = new Losses();
    DenseTensors.of(model).forEach((name, exact) -> {
      losses.add(name, exact);
      tensors.put(name, new TensorData(type, exact.shape(), () -> exact.numbers().get().toType(type.type(), false)));
    });
    notes.addAll(losses.sentences());
    notes.addAll(forms(model));
    new ModelDirectory(model, directory).write(tensors, HuggingFace.config(model, type), shardBytes);
    boolean widths = Widths.published(model);
    if (!widths) {
      notes.add("blocks differ in width, which Secateur alone reads");
    }
    List<Written.Tensor> written = Contents.of(model, tensors).stream().map(losses::with).toList();
    return new Written(directory, toString(), written, widths ? List.of("Secateur", "transformers") : List.of("Secateur"), notes);
  }

  /** What becomes of layers that are no plain matrices. */
  private static List<String> forms(Llm model) {
    List<String> notes = new ArrayList<>();
    List<Linear> layers = model.layers().values().stream().filter(layer -> !(layer instanceof Dense)).toList();
    if (!layers.isEmpty()) {
      notes.add(layers.size() + " layers that were packed, sparse or adapted are plain matrices here");
    }
    if (layers.stream().anyMatch(layer -> layer instanceof RoundedInput || layer instanceof secateur.model.Int8Linear)) {
      notes.add("inputs of layers that were rounded before each product are not rounded any more");
    }
    return notes;
  }

  /** What the type changes. */
  private final class Losses {

    private long numbers;
    private long rounded;
    private long vanished;
    private final Map<String, Double> errors = new HashMap<>();

    /** Counts; an error where a number overflows. */
    void add(String name, TensorData exact) {
      if (type == StoredType.F32) {
        return;
      }
      try (Scope scope = new Scope()) {
        NDArray was = exact.numbers().get();
        NDArray is = type == StoredType.BF16 ? Bits.throughBfloat16(was) : was.toType(DataType.FLOAT16, false).toType(DataType.FLOAT32, false);
        if (is.isInfinite().any().getBoolean()) {
          throw new IllegalArgumentException("tensor '" + name + "' reaches " + was.abs().max().getFloat() + ", which " + type
              + " does not; BF16 and F32 allow 3.39e38");
        }
        numbers += was.size();
        rounded += count(was.neq(is));
        vanished += count(was.neq(0)) - count(is.neq(0));
        errors.put(name, was.sub(is).square().sum().getFloat() / (double) Math.max(was.square().sum().getFloat(), Float.MIN_NORMAL));
      }
    }

    /** {@code tensor} with what rounding has cost it. */
    Written.Tensor with(Written.Tensor tensor) {
      return new Written.Tensor(tensor.name(), tensor.type(), tensor.weights(), tensor.bytes(), errors.getOrDefault(tensor.name(), 0.0));
    }

    private static long count(NDArray flags) {
      return flags.toType(DataType.INT64, false).sum().getLong();
    }

    List<String> sentences() {
      List<String> sentences = new ArrayList<>();
      if (rounded > 0) {
        sentences.add(String.format(Locale.ROOT, "%,d of %,d numbers were rounded to %s", rounded, numbers, type));
      }
      if (vanished > 0) {
        sentences.add(vanished + " numbers are too small for " + type + " and became 0");
      }
      return sentences;
    }
  }

  @Override
  public String toString() {
    return "Hugging Face " + type;
  }
}
