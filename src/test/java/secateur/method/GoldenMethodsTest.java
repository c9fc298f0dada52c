package secateur.method;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import com.google.gson.JsonObject;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import secateur.Golden;
import secateur.file.Json;
import secateur.file.Safetensors;
import secateur.model.Dense;
import secateur.model.Linear;
import secateur.prune.Magnitude;
import secateur.prune.SparseGpt;
import secateur.prune.Wanda;
import secateur.quantize.Gptq;
import secateur.quantize.Rtn;
import secateur.tensor.Devices;
import secateur.tensor.Scope;

/** Every method against its authors' code, on one layer. */
class GoldenMethodsTest {

  private static final String FILE = "methods/layer.safetensors";

  /** What no tie decides. */
  private static final Map<String, Method> EXACT = Map.of(
      "magnitude_50", new Magnitude(0.5),
      "magnitude_2of4", new Magnitude(2, 4),
      "wanda_50", new Wanda(0.5),
      "wanda_2of4", new Wanda(2, 4),
      "rtn_2bit", new Rtn(2),
      "rtn_3bit", new Rtn(3),
      "rtn_4bit", new Rtn(4),
      "rtn_8bit", new Rtn(8),
      "rtn_4bit_g64", new Rtn(4).group(64));

  /** Chains of updates, in which a near-tie may fall the other way. */
  private static final Map<String, Method> PRUNED = Map.of(
      "sparsegpt_50", new SparseGpt(0.5),
      "sparsegpt_2of4", new SparseGpt(2, 4),
      "sparsegpt_4of8", new SparseGpt(4, 8),
      "sparsegpt_50_4bit", new SparseGpt(0.5).bits(4));

  /** As {@link #PRUNED}. */
  private static final Map<String, Method> ROUNDED = Map.of(
      "gptq_2bit", new Gptq(2),
      "gptq_3bit", new Gptq(3),
      "gptq_4bit", new Gptq(4),
      "gptq_8bit", new Gptq(8),
      "gptq_4bit_g64", new Gptq(4).group(64),
      "gptq_4bit_actorder", new Gptq(4).actOrder(),
      "gptq_4bit_g64_actorder_static", new Gptq(4).group(64).actOrder().staticGroups(),
      "gptq_4bit_sym", new Gptq(4).symmetric());

  static Stream<Map.Entry<String, Method>> exact() {
    return EXACT.entrySet().stream();
  }

  static Stream<Map.Entry<String, Method>> updated() {
    return Stream.of(PRUNED, ROUNDED).flatMap(methods -> methods.entrySet().stream());
  }

  @Test
  void everyResultIsCompared() {
    Set<String> results = new HashSet<>(Safetensors.open(Golden.path(FILE)).entries().keySet());
    results.removeAll(Set.of("W", "X"));
    results.removeAll(EXACT.keySet());
    results.removeAll(PRUNED.keySet());
    results.removeAll(ROUNDED.keySet());
    assertThat(results).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("exact")
  void equalsTheReference(Map.Entry<String, Method> each) {
    try (Scope scope = new Scope()) {
      assertThat(Golden.difference(compressed(each.getValue()), Golden.tensor(FILE, each.getKey()))).isLessThanOrEqualTo(1e-6);
    }
  }

  @ParameterizedTest
  @MethodSource("updated")
  void nearlyEverywhere(Map.Entry<String, Method> each) {
    try (Scope scope = new Scope()) {
      NDArray far = compressed(each.getValue()).sub(Golden.tensor(FILE, each.getKey())).abs().gt(1e-4);
      assertThat(far.toType(DataType.FLOAT32, false).mean().getFloat()).isLessThanOrEqualTo(0.005f);
    }
  }

  @ParameterizedTest
  @MethodSource({"exact", "updated"})
  void relativeError(Map.Entry<String, Method> each) {
    JsonObject errors = Json.read(Golden.path("methods/relative_error.json"));
    try (Scope scope = new Scope()) {
      NDArray x = Golden.tensor(FILE, "X");
      NDArray w = Golden.tensor(FILE, "W");
      double error = energy(x, w.sub(compressed(each.getValue()))) / energy(x, w);
      assertThat(error).isCloseTo(errors.get(each.getKey()).getAsDouble(), withinPercentage(1));
    }
  }

  private static NDArray compressed(Method method) {
    NDArray weight = Golden.tensor(FILE, "W").toDevice(Devices.current(), false);
    Linear layer = new Dense(weight, null, DataType.FLOAT32);
    return OneLayer.compress(method, layer, Golden.tensor(FILE, "X").toDevice(Devices.current(), false)).weight();
  }

  private static double energy(NDArray x, NDArray weight) {
    return x.matMul(weight.transpose()).square().sum().getFloat();
  }
}
