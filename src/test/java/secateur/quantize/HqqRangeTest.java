package secateur.quantize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import secateur.method.DataFree;
import secateur.model.Dense;
import secateur.model.Linear;
import secateur.model.Llm;
import secateur.model.Quantized;
import secateur.tensor.Scope;

/** Where HQQ's error comes from on real weights: three blocks of java-8m, groups of 64. */
class HqqRangeTest {

  private static final int GROUP = 64;

  /** The grid of {@code like} with its scales as they are and each zero moved to where, in turn with the codes, squares are least. */
  private static NDArray withLeastSquaresZeros(Linear layer, Quantized like) {
    NDArray x = layer.weight().reshape(-1, GROUP);
    NDArray s = like.scale().reshape(-1, 1);
    NDArray zero = like.zero().toType(DataType.FLOAT32, false).reshape(-1, 1);
    int top = (1 << like.codes().bits()) - 1;
    for (int round = 0; round < 50; round++) {
      zero = x.div(s).add(zero).round().clip(0, top).sub(x.div(s)).mean(new int[] {1}, true);
    }
    return x.div(s).add(zero).round().clip(0, top).sub(zero).mul(s).reshape(layer.weight().getShape());
  }

  private static Quantized made(DataFree method, Linear layer) {
    return (Quantized) method.compress(layer);
  }

  /** The mean over layers of sum |W - Q(W)|^p / sum |W|^p. */
  private static double error(List<Linear> layers, double p, Function<Linear, NDArray> rounded) {
    return layers.stream().mapToDouble(layer -> Scope.run(() -> {
      NDArray w = layer.weight();
      return w.sub(rounded.apply(layer)).abs().pow(p).sum().div(w.abs().pow(p).sum());
    }).getFloat()).average().orElseThrow();
  }

  /** Their weights times {@code factor}, to be stored as float32. */
  private static List<Linear> layers(Llm model, double factor) {
    return Stream.of(3).map(model.blocks()::get).flatMap(block -> block.roles().stream().map(block::layer))
        .<Linear>map(layer -> new Dense(layer.weight().mul(factor), null, DataType.FLOAT32)).toList();
  }

  /** HQQ keeps the scale of the smallest and largest weight; its zero on a searched scale comes before both. */
  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void theScaleThatItDoesNotMoveIsWhatItLosesBy(int bits) {
    Rtn rtn = new Rtn(bits).group(GROUP);
    try (Scope scope = new Scope(); Llm model = Llm.load("java-8m")) {
      List<Linear> layers = layers(model, 1);
      for (double p : new double[] {2, 1, 0.7}) {
        double nearest = error(layers, p, layer -> made(rtn, layer).weight());
        double searched = error(layers, p, layer -> made(rtn.mse(), layer).weight());
        double hqq = error(layers, p, layer -> made(new Hqq(bits), layer).weight());
        double both = error(layers, p, layer -> withLeastSquaresZeros(layer, made(rtn.mse(), layer)));
        assertThat(hqq).as("p %s", p).isBetween(searched, nearest);
        assertThat(both).as("p %s", p).isLessThan(searched);
      }
    }
  }

  /** Errors e of such weights have |e|^1.3 below 1 / b, so that the proximal step is 0 and the zero that of least squares; those of larger ones do not. */
  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4})
  void itsZeroIsThatOfLeastSquares(int bits) {
    try (Scope scope = new Scope(); Llm model = Llm.load("java-8m")) {
      for (double p : new double[] {2, 1, 0.7}) {
        assertThat(leastSquaresOfHqq(layers(model, 1), p, bits)).isCloseTo(1, within(5e-4));
      }
      assertThat(leastSquaresOfHqq(layers(model, 100), 2, bits)).isLessThan(0.98);
    }
  }

  private static double leastSquaresOfHqq(List<Linear> layers, double p, int bits) {
    Hqq hqq = new Hqq(bits).group(GROUP);
    return error(layers, p, layer -> withLeastSquaresZeros(layer, made(hqq, layer))) / error(layers, p, layer -> made(hqq, layer).weight());
  }
}
