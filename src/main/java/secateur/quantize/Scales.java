package secateur.quantize;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import secateur.file.Safetensors;
import secateur.file.SafetensorsWriter;
import secateur.method.Grid;
import secateur.model.Frozen;
import secateur.model.Linear;
import secateur.model.Llm;
import secateur.model.Quantized;
import secateur.spec.Role;
import secateur.tensor.Devices;
import secateur.tensor.Gradients;
import secateur.tensor.Scope;
import secateur.train.Adapter;
import secateur.train.Opening;

/**
 * The scales of quantized layers are trained, nothing else. A file of them, {@code <block>.<role>.scale}, is a task.
 *
 * @param grid that layers which are not quantized yet will have
 */
public record Scales(Grid grid) implements Adapter {

  private static final String SCALE = ".scale";

  @Override
  public Linear open(String name, Linear layer, Opening opening) {
    return new Frozen(layer instanceof Quantized quantized ? quantized.withScale(opening.own(quantized.scale())) : layer);
  }

  @Override
  public Linear close(Linear base, Linear trained, UnaryOperator<NDArray> settle) {
    return base instanceof Quantized quantized
        ? quantized.withScale(Gradients.settled(((Quantized) ((Frozen) trained).base()).scale(), quantized.scale().getDataType())) : base;
  }

  @Override
  public boolean others() {
    return false;
  }

  @Override
  public long parameters(Llm model) {
    return model.layers().values().stream().mapToLong(layer ->
        layer instanceof Quantized quantized ? quantized.scale().size() : layer.rows() * grid.groups(layer.columns())).sum();
  }

  /** Writes the scales of {@code model} to {@code file}; an error where none of its layers is quantized. */
  public static void save(Llm model, Path file) {
    Map<String, NDArray> scales = new TreeMap<>();
    model.layers().forEach((name, layer) -> {
      if (layer instanceof Quantized quantized) {
        scales.put(name + SCALE, quantized.scale());
      }
    });
    if (scales.isEmpty()) {
      throw new IllegalArgumentException("no layer of " + model.name() + " is quantized, so it has no scales to save");
    }
    SafetensorsWriter.write(file, scales);
  }

  /** {@code model} with the scales in {@code file}, the rest shared; an error where they are not those of its layers. */
  public static Llm load(Llm model, Path file) {
    Safetensors stored = Safetensors.open(file);
    try (Scope scope = new Scope()) {
      return model.with(model.blocks().stream().map(block -> {
        Map<Role, Linear> layers = new EnumMap<>(Role.class);
        block.roles().forEach(role -> layers.put(role, swapped(block.name(role), block.layer(role), stored, file)));
        return block.with(layers);
      }).toList());
    }
  }

  private static Linear swapped(String name, Linear layer, Safetensors stored, Path file) {
    Safetensors.Entry entry = stored.entries().get(name + SCALE);
    if (!(layer instanceof Quantized quantized)) {
      if (entry != null) {
        throw new IllegalArgumentException(file + " has scales for layer '" + name + "', which is not quantized");
      }
      return layer;
    }
    if (entry == null || !entry.shape().equals(quantized.scale().getShape())) {
      throw new IllegalArgumentException(file + " has " + (entry == null ? "no scales" : "scales of shape " + entry.shape())
          + " for layer '" + name + "', needed are " + quantized.scale().getShape());
    }
    DataType type = quantized.scale().getDataType();
    return quantized.withScale(stored.read(name + SCALE).toDevice(Devices.current(), false).toType(type, false));
  }

  @Override
  public String toString() {
    return "training of scales";
  }
}
