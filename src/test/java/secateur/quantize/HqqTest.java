package secateur.quantize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import secateur.Golden;
import secateur.export.HuggingFace;
import secateur.method.Grid;
import secateur.method.Layer;
import secateur.method.Method;
import secateur.method.QuantizingContract;
import secateur.model.Dense;
import secateur.model.Llm;
import secateur.model.Quantized;
import secateur.tensor.Devices;
import secateur.tensor.Probed;
import secateur.tensor.WeightOnly;

class HqqTest extends QuantizingContract {

  @TempDir
  private Path folder;

  @Override
  protected List<Method> anyShape() {
    return List.of(new Hqq(2).group(0), new Hqq(4).group(0), new Hqq(8).group(0));
  }

  @Override
  protected List<Method> regularShape() {
    return List.of(new Hqq(4).group(32), new Hqq(3).group(16));
  }

  @Override
  protected Method bits(int bits, int inputs) {
    return new Hqq(bits).group(inputs);
  }

  @Override
  protected int zeroBytes() {
    return 4;
  }

  private static double error(Dense layer, Quantized made, double p) {
    return made.weight().sub(layer.weight()).abs().pow(p).sum().getFloat();
  }

  /** At two bits it is the squares: for so small weights its zero is theirs ({@link HqqRangeTest}). */
  @ParameterizedTest
  @MethodSource("secateur.method.Layer#regular")
  void itsErrorIsBelowThatOfRoundingToNearest(Layer layer) {
    Dense dense = new Dense(layer.weight(), null, DataType.FLOAT32);
    for (int bits : new int[] {2, 3, 4}) {
      Quantized rtn = (Quantized) new Rtn(bits).group(32).compress(dense);
      Quantized hqq = (Quantized) new Hqq(bits).group(32).compress(dense);
      assertThat(error(dense, hqq, 2)).as("squares at %d bits", bits).isLessThan(error(dense, rtn, 2));
      if (bits > 2) {
        assertThat(error(dense, hqq, 0.7)).as("norm at %d bits", bits).isLessThan(error(dense, rtn, 0.7));
      }
    }
  }

  @Test
  void zerosOfAGroupMakeItsZeroWhole() {
    NDArray weight = Devices.manager().randomNormal(new Shape(2, 64));
    weight.set(new NDIndex("0, 5"), 1e-30f); // rounds as 0 does
    Quantized without = (Quantized) new Hqq().compress(dense(weight));
    weight.set(new NDIndex("0, 5"), 0f);
    Quantized with = (Quantized) new Hqq().compress(dense(weight));
    assertThat(with.zero().getFloat(0, 0)).isEqualTo((float) Math.rint(without.zero().getFloat(0, 0)));
    assertThat(with.zero().getFloat(1, 0)).isEqualTo(without.zero().getFloat(1, 0));
    assertThat(without.zero().getFloat(1, 0) % 1).isNotZero();
    NDArray pruned = without.weight().mul(without.weight().abs().gt(1));
    assertThat(without.withWeight(pruned).weight().mul(pruned.eq(0)).abs().sum().getFloat()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"4, 64", "3, 32", "2, 64", "4, 0"})
  void fewTokensAreMultipliedAsTheyAre(int bits, int inputs) {
    org.assertj.core.api.Assumptions.assumeThat(WeightOnly.probed()).isInstanceOf(Probed.Present.class);
    Dense dense = new Dense(Devices.manager().randomNormal(new Shape(64, 128)), null, DataType.FLOAT16);
    Quantized fast = (Quantized) new Hqq(bits).group(inputs).compress(dense);
    assertThat(fast.path()).isEqualTo("_weight_int4pack_mm_for_cpu");
    assertThat(fast.zero().getDataType()).isEqualTo(DataType.FLOAT16);
    Quantized slow = new Quantized(fast.codes().packed(), fast.scale(), fast.zero(), null, null);
    NDArray x = Devices.manager().randomNormal(new Shape(3, 128));
    assertThat(Golden.difference(fast.forward(x), slow.forward(x)) / slow.forward(x).abs().max().getFloat()).isBetween(1e-6, 0.015); // of bfloat16
  }

  @Test
  void comesBackFromDisk() {
    try (Llm model = Golden.model("gpt2"); Llm made = new Hqq(3).group(32).apply(model, null)) {
      HuggingFace.save(made, folder);
      try (Llm back = Llm.load(folder.toString())) {
        assertThat(back.layer("0.qkv")).isInstanceOf(Quantized.class);
        assertThat(back.logits(new long[] {3, 1, 4})).isDeepEqualTo(made.logits(new long[] {3, 1, 4}));
      }
    }
  }

  @Test
  void aGridThatFixesTheZeroIsRefused() {
    assertThatThrownBy(() -> new Hqq(new Grid(4).symmetric())).hasMessageContainingAll("4-bit symmetric", "HQQ");
    assertThatThrownBy(() -> new Hqq(new Grid(4).mse())).hasMessageContaining("4-bit MSE");
    assertThat(new Hqq()).hasToString("HQQ 4-bit g64");
  }
}
