package secateur.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import secateur.Golden;

/** Rounding per token against PyTorch. */
class TokensTest {

  private static NDArray golden(String name) {
    return Golden.tensor("methods/llmqat.safetensors", name);
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 8})
  void keysAndValues(int bits) {
    try (Scope scope = new Scope()) {
      NDArray x = golden("kv");
      Tokens.Codes codes = Tokens.Codes.of(x, bits);
      String name = "kv" + bits;
      assertThat(codes.packed().toUint8Array()).isEqualTo(packed(golden(name + ".codes").toUint8Array(), bits));
      assertThat(Golden.difference(codes.scale(), golden(name + ".scale"))).isZero();
      assertThat(Golden.difference(codes.low(), golden(name + ".low"))).isZero();
      assertThat(Golden.difference(codes.numbers(DataType.FLOAT32), golden(name + ".numbers"))).isLessThan(1e-6);
      assertThat(Golden.difference(Tokens.rounded(x, bits), golden(name + ".numbers"))).isLessThan(1e-6);
    }
  }

  private static int[] packed(int[] codes, int bits) {
    if (bits == 8) {
      return codes;
    }
    return java.util.stream.IntStream.range(0, codes.length / 2).map(i -> codes[2 * i] | codes[2 * i + 1] << 4).toArray();
  }

  @Test
  void appendingLeavesOldCodesAsTheyAre() {
    try (Scope scope = new Scope()) {
      NDArray x = golden("kv");
      Tokens.Codes whole = Tokens.Codes.of(x, 4);
      Tokens.Codes pieces = Tokens.Codes.of(x.get(":, :, :2"), 4).concat(Tokens.Codes.of(x.get(":, :, 2:"), 4));
      for (int i = 0; i < 3; i++) {
        assertThat(Golden.difference(pieces.arrays().get(i), whole.arrays().get(i))).isZero();
      }
    }
  }

  @Test
  void theGradientOfKeysPassesThrough() {
    try (Scope scope = new Scope()) {
      NDArray x = Gradients.trainable(golden("kv"));
      NDArray factor = golden("kv").add(1);
      Gradients.add(() -> Tokens.rounded(x, 4).mul(factor).sum());
      assertThat(Golden.difference(x.getGradient(), factor)).isZero();
    }
  }

  @Test
  void hugeNumbersStayFinite() {
    try (Scope scope = new Scope()) {
      NDArray x = golden("kv").mul(1e30f);
      assertThat(Tokens.rounded(x, 8).isNaN().any().getBoolean()).isFalse();
      assertThat(Tokens.rounded(x, 8).isInfinite().any().getBoolean()).isFalse();
    }
  }
}
