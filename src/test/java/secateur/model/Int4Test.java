package secateur.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import secateur.method.Grid;
import secateur.tensor.Devices;
import secateur.tensor.Scope;
import secateur.tensor.WeightOnly;

class Int4Test {

  private Scope scope;

  @BeforeEach
  void open() {
    scope = new Scope();
    assumeThat(WeightOnly.support()).isInstanceOf(WeightOnly.Present.class);
  }

  @AfterEach
  void close() {
    scope.close();
  }

  private static NDArray random(long... shape) {
    return Devices.manager().randomNormal(new Shape(shape));
  }

  private static Quantized layer(Grid grid, long rows, long columns) {
    NDArray w = random(rows, columns);
    return grid.round(new Dense(w, random(rows), DataType.FLOAT16), w);
  }

  private static double difference(NDArray x, NDArray y) {
    return x.sub(y).abs().max().div(y.abs().max()).getFloat();
  }

  @ParameterizedTest
  @CsvSource({"4, 64, 128, 64", "3, 64, 96, 32", "2, 128, 512, 0", "4, 192, 320, 64"})
  void fewTokensAreMultipliedAsTheyAreAndManyInFull(int bits, long rows, long columns, int group) {
    Quantized layer = layer(new Grid(bits).group(group), rows, columns);
    assertThat(layer.path()).isEqualTo("int4 kernel");
    Quantized unpacked = new Quantized(layer.codes().packed(), layer.scale(), layer.zero(), null, layer.bias());
    for (int tokens : new int[] {1, 7, 127}) {
      NDArray x = random(1, tokens, columns);
      assertThat(layer.forward(x).getShape()).isEqualTo(new Shape(1, tokens, rows));
      assertThat(difference(layer.forward(x), unpacked.forward(x))).isBetween(1e-6, 0.015); // of bfloat16
    }
    NDArray many = random(2, 64, columns);
    assertThat(layer.forward(many)).isEqualTo(unpacked.forward(many));
  }

  @Test
  void itsCodesAreThoseItWasMadeOf() {
    Quantized layer = layer(new Grid(3).group(32), 64, 96);
    assertThat(layer.weight()).isEqualTo(layer.withWeight(layer.weight()).weight());
    Quantized unpacked = new Quantized(layer.codes().packed(), layer.scale(), layer.zero(), null, layer.bias());
    assertThat(layer.codes().codes()).isEqualTo(unpacked.codes().codes());
    assertThat(layer.storedBytes()).isEqualTo(unpacked.storedBytes()).isEqualTo(64 * 96 * 3 / 8 + 64 * 3 * (2 + 1) + 64 * 2);
  }

  @ParameterizedTest
  @CsvSource({"4, 48, 128, 64", "4, 64, 96, 16", "5, 64, 128, 64"})
  void whatTheOperatorDoesNotTakeStaysUnpacked(int bits, long rows, long columns, int group) {
    assertThat(layer(new Grid(bits).group(group), rows, columns).path()).isEqualTo("unpacked");
  }

  @Test
  void theTypeOfInputsComesBack() {
    Quantized layer = layer(new Grid(4), 64, 64);
    assertThat(layer.forward(random(2, 64).toType(DataType.FLOAT64, false)).getDataType()).isEqualTo(DataType.FLOAT64);
  }
}
