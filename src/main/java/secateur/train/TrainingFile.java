package secateur.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import secateur.file.Safetensors;
import secateur.file.SafetensorsWriter;
import secateur.tensor.Devices;
import secateur.tensor.Optimizer;
import secateur.tensor.Scope;

/**
 * The state of a training as one safetensors file, replaced in one atomic step: {@code value/…}, {@code first/…},
 * {@code second/…} by parameter, {@code state/…} of what goes along, {@code step}, {@code recipe} (its text in UTF-8), and the curve.
 */
final class TrainingFile {

  private final Path file;
  private final String recipe;
  private final Supplier<Map<String, NDArray>> state;

  /** The arrays of {@code state} are saved, and written into on resume. */
  TrainingFile(Path file, String recipe, Supplier<Map<String, NDArray>> state) {
    this.file = file;
    this.recipe = recipe;
    this.state = state;
  }

  void write(int step, Curve curve) {
    try (Scope scope = new Scope()) {
      NDManager manager = Devices.manager();
      Map<String, NDArray> tensors = new HashMap<>(state.get());
      tensors.put("step", manager.create(new long[] {step}));
      tensors.put("recipe", manager.create(recipe.getBytes(StandardCharsets.UTF_8)));
      put(tensors, "training", curve.training());
      put(tensors, "heldOut", curve.heldOut());
      SafetensorsWriter.write(file, tensors);
    }
  }

  /** Fills parameters and {@code curve} from the file; the steps done, 0 where there is no file. */
  int restore(Curve curve) {
    if (!Files.exists(file)) {
      return 0;
    }
    try (Scope scope = new Scope()) {
      Safetensors saved = Safetensors.open(file);
      check(saved);
      state.get().forEach((name, array) -> Optimizer.overwrite(array, saved.read(name)));
      points(saved, "training").forEach(curve::addTraining);
      points(saved, "heldOut").forEach(curve::addHeldOut);
      return (int) saved.read("step").toLongArray()[0];
    }
  }

  private void check(Safetensors saved) {
    String other = saved.entries().containsKey("recipe")
        ? new String(saved.read("recipe").toByteArray(), StandardCharsets.UTF_8) : "no training";
    if (!other.equals(recipe)) {
      throw new IllegalArgumentException(file + " belongs to " + other + ", this training is " + recipe
          + "; remove the file, or go on with the recipe that it was made with");
    }
    state.get().forEach((name, array) -> {
      if (!saved.entries().containsKey(name) || !saved.entries().get(name).shape().equals(array.getShape())) {
        throw new IllegalArgumentException(file + " is of another model: it has no '" + name + "' of shape " + array.getShape());
      }
    });
  }

  private static void put(Map<String, NDArray> tensors, String name, List<Curve.Point> points) {
    if (!points.isEmpty()) {
      tensors.put(name + "/tokens", Devices.manager().create(points.stream().mapToLong(Curve.Point::tokens).toArray()));
      tensors.put(name + "/loss", Devices.manager().create(points.stream().mapToDouble(Curve.Point::loss).toArray()));
    }
  }

  private static List<Curve.Point> points(Safetensors saved, String name) {
    if (!saved.entries().containsKey(name + "/tokens")) {
      return List.of();
    }
    long[] tokens = saved.read(name + "/tokens").toLongArray();
    double[] losses = saved.read(name + "/loss").toDoubleArray();
    return IntStream.range(0, tokens.length).mapToObj(i -> new Curve.Point(tokens[i], losses[i])).toList();
  }
}
