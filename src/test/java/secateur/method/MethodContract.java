package secateur.method;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import secateur.Golden;
import secateur.calibrate.Statistic;
import secateur.model.Dense;
import secateur.model.Linear;
import secateur.model.Llm;
import secateur.tensor.Scope;

/**
 * What every method promises: a model is left as it was, zeros stay zeros, whatever the layer's shape the result is
 * finite, and equal inputs give equal results. A method's own test adds what it promises besides. If a bug slips through
 * these tests, they want improving.
 */
public abstract class MethodContract {

  private final Scope scope = new Scope();

  /** The method with a number of settings that fit any layer. */
  protected abstract List<Method> anyShape();

  /** The method with a number of settings that fit inputs in multiples of 32. */
  protected abstract List<Method> regularShape();

  /** Every setting. */
  protected final List<Method> all() {
    return Stream.of(anyShape(), regularShape()).flatMap(List::stream).toList();
  }

  @AfterEach
  final void close() {
    scope.close();
  }

  private static ByteBuffer logits(Llm model) {
    try (Scope own = new Scope()) {
      return model.forward(model.ids(Golden.ids("qwen2"))).toByteBuffer();
    }
  }

  @Test
  final void theOriginalModelIsLeftAsItWas() {
    try (Llm model = Golden.model("qwen2")) {
      ByteBuffer before = logits(model);
      for (Method method : anyShape()) {
        try (Llm made = method.apply(model, Golden.windows("qwen2"))) {
          assertThat(logits(made)).as("%s", method).isNotEqualTo(before);
        }
        assertThat(logits(model)).as("%s", method).isEqualTo(before);
      }
    }
  }

  @Test
  final void aCompressedModelOutlivesTheOriginal() {
    Llm model = Golden.model("qwen2");
    try (Llm made = anyShape().get(0).apply(model, Golden.windows("qwen2"))) {
      ByteBuffer before = logits(made);
      model.close();
      assertThat(logits(made)).isEqualTo(before);
    }
  }

  @Test
  final void labelsDiffer() {
    assertThat(all()).extracting(Method::toString).doesNotHaveDuplicates().noneMatch(String::isBlank).noneMatch(label -> label.contains("["));
  }

  @Test
  final void equalSettingsAreEqualMethods() {
    assertThat(all()).isEqualTo(all());
  }

  @ParameterizedTest
  @MethodSource("secateur.method.Layer#various")
  final void anyShapeKeepsShapeAndBias(Layer layer) {
    Linear linear = layer.linear();
    for (Method method : anyShape()) {
      Linear made = OneLayer.compress(method, linear, layer.inputs());
      assertThat(made.weight().getShape()).as("%s", method).isEqualTo(new Shape(layer.rows(), layer.columns()));
      assertThat(made.bias()).as("%s", method).isSameAs(linear.bias());
      assertThat(made.stored()).as("%s", method).isEqualTo(DataType.FLOAT32);
      assertFinite(method, made);
    }
  }

  @ParameterizedTest
  @MethodSource("secateur.method.Layer#regular")
  final void theSameTwice(Layer layer) {
    for (Method method : all()) {
      NDArray once = OneLayer.compress(method, layer.linear(), layer.inputs()).weight();
      NDArray again = OneLayer.compress(method, layer.linear(), layer.inputs()).weight();
      assertThat(once.toFloatArray()).as("%s", method).isEqualTo(again.toFloatArray());
    }
  }

  @ParameterizedTest
  @MethodSource("secateur.method.Layer#regular")
  final void zerosStayZeros(Layer layer) {
    NDArray mask = layer.inputs().get(":" + layer.rows()).abs().gt(1).toType(DataType.FLOAT32, false);
    NDArray holes = layer.weight().mul(mask);
    for (Method method : all()) {
      NDArray made = OneLayer.compress(method, layer.of(holes), layer.inputs()).weight();
      assertThat(made.mul(mask.neg().add(1)).abs().sum().getFloat()).as("%s", method).isZero();
    }
  }

  @ParameterizedTest
  @MethodSource("secateur.method.Layer#regular")
  final void deadInputsDoNoHarm(Layer layer) {
    NDArray inputs = layer.inputs().duplicate();
    inputs.set(new ai.djl.ndarray.index.NDIndex(":, 3:9"), 0f);
    for (Method method : all()) {
      assertFinite(method, OneLayer.compress(method, layer.linear(), inputs));
    }
  }

  @ParameterizedTest
  @MethodSource("secateur.method.Layer#regular")
  final void inputsThatAreAllZeroDoNoHarm(Layer layer) {
    for (Method method : all()) {
      assertFinite(method, OneLayer.compress(method, layer.linear(), layer.inputs().zerosLike()));
    }
  }

  @ParameterizedTest
  @ValueSource(floats = {0, 0.25f, -3, 1e-30f, 1e30f})
  final void constantRowsDoNoHarm(float value) {
    Layer layer = new Layer(7, 4, 64);
    for (Method method : all()) {
      Linear made = OneLayer.compress(method, layer.of(layer.weight().zerosLike().add(value)), layer.inputs());
      assertFinite(method, made);
      float[] weights = made.weight().toFloatArray();
      for (float weight : weights) {
        assertThat(Math.abs(weight)).as("%s", method).isLessThanOrEqualTo(Math.max(1e-3f, 20 * Math.abs(value)));
      }
    }
  }

  @Test
  final void layersThatShareAnInputAreEachTheirOwn() {
    Layer layer = new Layer(11, 16, 96);
    Linear small = layer.linear();
    Linear large = layer.of(new Layer(12, 24, 96).weight().mul(50));
    for (Method method : all().stream().filter(PerLayer.class::isInstance).toList()) {
      List<Linear> together = together((PerLayer<?>) method, List.of(small, large), layer.inputs());
      NDArray alone = OneLayer.compress(method, small, layer.inputs()).weight();
      assertThat(Golden.difference(together.get(0).weight(), alone)).as("%s", method).isLessThan(1e-4);
    }
  }

  private static <S extends Statistic> List<Linear> together(PerLayer<S> method, List<Linear> layers, NDArray inputs) {
    try (S seen = method.observe(layers.get(0))) {
      seen.see(inputs);
      return method.compress(layers, seen);
    }
  }

  /** Whether {@code layer} is free of NaN and infinities, in its weights and in what it computes. */
  private static void assertFinite(Method method, Linear layer) {
    NDArray ones = layer.weight().get("0:1").onesLike();
    assertThat(layer.weight().isNaN().any().getBoolean()).as("%s has NaN", method).isFalse();
    assertThat(layer.weight().isInfinite().any().getBoolean()).as("%s has infinities", method).isFalse();
    assertThat(layer.forward(ones).isNaN().any().getBoolean()).as("%s computes NaN", method).isFalse();
  }

  /** {@code weight} as a layer without bias. */
  protected static Linear dense(NDArray weight) {
    return new Dense(weight, null, DataType.FLOAT32);
  }
}
