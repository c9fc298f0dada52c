package secateur.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.util.List;
import secateur.spec.CacheForm;
import secateur.tensor.Scope;
import secateur.tensor.Tokens;

/** The keys or the values of the tokens seen so far, in the form in which a cache keeps them. Immutable. */
sealed interface Kept {

  /** {@code numbers} (B, K, S, D) in {@code form}. */
  static Kept of(CacheForm form, NDArray numbers) {
    return form instanceof CacheForm.Rounded rounded
        ? new Rounded(Tokens.Codes.of(numbers, rounded.bits()), numbers.getDataType()) : new Exact(numbers.duplicate());
  }

  /** {@code numbers} as {@code form} gives them back, with their gradient. */
  static NDArray seen(CacheForm form, NDArray numbers) {
    return form instanceof CacheForm.Rounded rounded ? Scope.run(() -> Tokens.rounded(numbers, rounded.bits())) : numbers;
  }

  /** (B, K, S, D), in the type that the model computes with. */
  NDArray numbers();

  /** These as they are, then {@code next} (B, K, T, D). */
  Kept append(NDArray next);

  /** Everything that is held. */
  List<NDArray> arrays();

  /** As they were computed. */
  record Exact(NDArray numbers) implements Kept {

    @Override
    public Kept append(NDArray next) {
      return new Exact(Tokens.appended(numbers, next));
    }

    @Override
    public List<NDArray> arrays() {
      return List.of(numbers);
    }
  }

  /** As codes, for numbers of {@code type}. */
  record Rounded(Tokens.Codes codes, DataType type) implements Kept {

    @Override
    public NDArray numbers() {
      return codes.numbers(type);
    }

    @Override
    public Kept append(NDArray next) {
      return new Rounded(codes.concat(Tokens.Codes.of(next, codes.bits())), type);
    }

    @Override
    public List<NDArray> arrays() {
      return codes.arrays();
    }
  }
}
