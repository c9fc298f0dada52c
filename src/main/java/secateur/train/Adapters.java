package secateur.train;

import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import secateur.model.Adapted;
import secateur.model.AdaptedUnderMask;
import secateur.model.Change;
import secateur.model.Linear;
import secateur.model.Llm;
import secateur.model.Rounded;
import secateur.tensor.Scope;

/**
 * What can be done with low-rank adapters of a model: merge, take off, save, load. Every model that comes out shares what
 * did not change with the one that went in, which stays as it is; close both.
 */
public final class Adapters {

  /** The file in PEFT's layout that has the matrices. */
  public static final String TENSORS = "adapter_model.safetensors";

  private Adapters() {}

  /**
   * {@code adapted} with W + s B A, or (W + s B A) ∘ M where it was trained under a mask, in plain layers. An error where a
   * layer's zeros would be filled, or where W is rounded.
   */
  public static Llm merge(Llm adapted) {
    return changed(adapted, (name, layer) -> {
      if (layer instanceof Adapted plain) {
        checkExact(name, plain);
        checkFilled(name, plain);
        return merged(plain);
      }
      return layer instanceof AdaptedUnderMask masked ? merged(masked) : layer;
    });
  }

  /** As {@link #merge}, but always (W + s B A) ∘ M with M = [W ≠ 0]. */
  public static Llm mergeUnderMask(Llm adapted) {
    return changed(adapted, (name, layer) -> {
      if (layer instanceof Adapted plain) {
        checkExact(name, plain);
        return merged(new AdaptedUnderMask(plain));
      }
      return layer instanceof AdaptedUnderMask masked ? merged(masked) : layer;
    });
  }

  /** The model that {@code adapted} was made from. */
  public static Llm unmerge(Llm adapted) {
    return changed(adapted, (name, layer) ->
        layer instanceof AdaptedUnderMask masked ? masked.base() : layer instanceof Adapted plain ? plain.base() : layer);
  }

  /**
   * {@code merged} without the adapter in {@code directory}, which was merged into it: W - s B A, rounded as its weights are; what
   * is zero stays zero in layers with holes.
   */
  public static Llm unmerge(Llm merged, Path directory) {
    try (Llm adapted = load(merged, directory);
        Llm less = changed(adapted, (name, layer) -> layer instanceof Adapted plain ? less(plain) : layer)) {
      return merge(less);
    }
  }

  private static Linear less(Adapted layer) {
    Adapted less = new Adapted(layer.base(), layer.a(), layer.b(), -layer.scale());
    return Holes.in(layer.base()) ? new AdaptedUnderMask(less) : less;
  }

  /** {@code model} with the adapter in {@code directory}, in PEFT's layout, beside its layers. */
  public static Llm load(Llm model, Path directory) {
    try (Scope scope = new Scope()) {
      Map<String, Adapted> adapted = PeftDirectory.read(model, directory);
      return changed(model, (name, layer) -> Objects.requireNonNullElse(adapted.get(name), layer));
    }
  }

  /** Writes the adapter of {@code adapted} in PEFT's layout: {@code adapter_config.json} and {@code adapter_model.safetensors}. */
  public static void save(Llm adapted, Path directory) {
    PeftDirectory.write(adapted, directory);
  }

  private static void checkExact(String name, Adapted layer) {
    if (layer.base() instanceof Rounded) {
      throw new IllegalArgumentException("layer '" + name + "' is " + layer.base() + ": merging into rounded weights rounds again and"
          + " changes what they compute; keep the adapter beside it, or merge before quantizing");
    }
  }

  private static void checkFilled(String name, Adapted layer) {
    if (Holes.in(layer.base())) {
      throw new IllegalArgumentException("layer '" + name + "' has weights removed, which a plain merge of its adapter would fill"
          + " again; train the adapter with Lora, which keeps the mask, or use Adapters.mergeUnderMask");
    }
  }

  /** In a scope of its own, so that the float32 sums of only one layer are held at a time. */
  private static Linear merged(Linear layer) {
    try (Scope scope = new Scope()) {
      Linear merged = layer.withWeight(layer.weight());
      scope.keep(merged.arrays());
      return merged;
    }
  }

  private static Llm changed(Llm model, Change change) {
    try (Scope scope = new Scope()) {
      return model.map(change);
    }
  }
}
