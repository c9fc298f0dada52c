package secateur.method;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import secateur.Golden;
import secateur.model.Linear;
import secateur.model.Llm;
import secateur.model.Quantized;

/** What every method that rounds to a grid promises besides: few codes, and packed. */
public abstract class QuantizingContract extends MethodContract {

  /** The method with {@code bits} bits in groups of {@code inputs}, 0 for whole rows. */
  protected abstract Method bits(int bits, int inputs);

  /** Bytes of a zero, in a layer stored as float32. */
  protected int zeroBytes() {
    return 1;
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4, 5, 6, 7, 8})
  final void noMoreValuesThanCodes(int bits) {
    Layer layer = new Layer(bits, 9, 2048);
    float[] weights = OneLayer.compress(bits(bits, 512), layer.linear(), layer.inputs().get(":64")).weight().toFloatArray();
    for (int group = 0; group < weights.length; group += 512) {
      Set<Float> values = new HashSet<>();
      for (int i = group; i < group + 512; i++) {
        values.add(weights[i] + 0f); // -0 is 0
      }
      assertThat(values).hasSizeLessThanOrEqualTo(1 << bits);
      assertThat(values.size()).as("the grid is used").isGreaterThan(bits < 7 ? (1 << bits) / 2 : 64);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4, 5, 6, 7, 8})
  final void packedWithoutWaste(int bits) {
    Layer layer = new Layer(bits, 10, 96);
    Linear made = OneLayer.compress(bits(bits, 32), layer.linear(), layer.inputs());
    long codes = 10 * 96 * bits / 8;
    long scalesAndZeros = 10 * 3 * (4 + zeroBytes());
    assertThat(made).isInstanceOf(Quantized.class);
    assertThat(made.bytes()).isEqualTo(codes + scalesAndZeros + 10 * 4);
    assertThat(made.storedBytes()).isEqualTo(made.bytes());
  }

  @Test
  final void inputsThat8DoesNotDivideArePaddedInBytesOnly() {
    Layer layer = new Layer(3, 10, 13);
    Linear made = OneLayer.compress(bits(4, 0), layer.linear(), layer.inputs());
    assertThat(made.columns()).isEqualTo(13);
    assertThat(made.size()).isEqualTo(130);
    assertThat(made.bytes()).isEqualTo(10 * 8 + 10 * (4 + zeroBytes()) + 10 * 4);
  }

  @ParameterizedTest
  @MethodSource("secateur.method.Layer#regular")
  final void moreBitsErrLess(Layer layer) {
    double last = Double.POSITIVE_INFINITY;
    for (int bits : new int[] {2, 3, 4, 8}) {
      double error = layer.error(OneLayer.compress(bits(bits, 32), layer.linear(), layer.inputs()));
      assertThat(error).as("%d bits, seed %d", bits, layer.seed()).isLessThan(last);
      last = error;
    }
    assertThat(last).isLessThan(1e-3);
  }

  @ParameterizedTest
  @MethodSource("secateur.method.Layer#regular")
  final void roundingTwiceIsRoundingOnce(Layer layer) {
    Linear once = OneLayer.compress(bits(4, 32), layer.linear(), layer.inputs());
    Linear twice = once.withWeight(once.weight());
    assertThat(twice.weight().toFloatArray()).isEqualTo(once.weight().toFloatArray());
  }

  @ParameterizedTest
  @ValueSource(ints = {-4, 0, 1, 9, 16})
  final void bitsOutsideAreRefused(int bits) {
    assertThatThrownBy(() -> bits(bits, 0)).isInstanceOf(IllegalArgumentException.class).hasMessageContainingAll("bits is " + bits, "between 2 and 8");
  }

  @Test
  final void aNegativeGroupIsRefused() {
    assertThatThrownBy(() -> bits(4, -1)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("-1");
  }

  @Test
  final void aGroupThatDoesNotDivideNamesTheLayer() {
    try (Llm model = Golden.model("gpt2")) {
      assertThatThrownBy(() -> bits(4, 48).apply(model, Golden.windows("gpt2"))).isInstanceOf(IllegalArgumentException.class)
          .hasMessageContainingAll("layer 0.qkv", "48", "64 inputs");
      assertThatThrownBy(() -> bits(4, 128).apply(model, Golden.windows("gpt2"))).isInstanceOf(IllegalArgumentException.class)
          .hasMessageContainingAll("layer 0.qkv", "128", "64 inputs");
    }
  }
}
