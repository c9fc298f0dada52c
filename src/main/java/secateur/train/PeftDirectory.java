package secateur.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import secateur.file.Json;
import secateur.file.Safetensors;
import secateur.file.SafetensorsWriter;
import secateur.model.Adapted;
import secateur.model.AdaptedUnderMask;
import secateur.model.Block;
import secateur.model.Linear;
import secateur.model.Llm;
import secateur.spec.Role;
import secateur.tensor.Devices;
import secateur.tensor.Gradients;
import secateur.tensor.Scope;

/**
 * An adapter in PEFT's layout: {@code adapter_config.json}, and {@code adapter_model.safetensors} with
 * {@code base_model.model.<module>.lora_A.weight} (r, in) and {@code lora_B.weight} (out, r).
 */
final class PeftDirectory {

  static final String CONFIG = "adapter_config.json";
  private static final String PREFIX = "base_model.model.";
  private static final String A = ".lora_A.weight";
  private static final String B = ".lora_B.weight";

  private PeftDirectory() {}

  static void write(Llm model, Path directory) {
    Map<String, Adapted> layers = new LinkedHashMap<>(); // by module
    modules(model).forEach((module, name) -> {
      if (model.layer(name) instanceof AdaptedUnderMask) {
        throw new IllegalArgumentException("the adapter of layer '" + name
            + "' works under the layer's mask, of which PEFT's layout cannot tell; merge it and save the model");
      }
      if (model.layer(name) instanceof Adapted adapted) {
        layers.put(module, adapted);
      }
    });
    if (layers.isEmpty()) {
      throw new IllegalArgumentException(model + " has no adapter to save");
    }
    Map<String, NDArray> tensors = new TreeMap<>();
    layers.forEach((module, adapted) -> {
      tensors.put(PREFIX + module + A, adapted.a());
      tensors.put(PREFIX + module + B, adapted.b());
    });
    SafetensorsWriter.write(directory.resolve(Adapters.TENSORS), tensors);
    Json.write(directory.resolve(CONFIG), PeftConfig.of(model, layers));
  }

  /** The adapted layers by name, on the bases that {@code model} has; they live in the caller's scope. */
  static Map<String, Adapted> read(Llm model, Path directory) {
    PeftConfig config = new PeftConfig(directory.resolve(CONFIG));
    Safetensors file = Safetensors.open(directory.resolve(Adapters.TENSORS));
    Map<String, String> modules = modules(model);
    Map<String, Adapted> layers = new LinkedHashMap<>();
    for (String key : file.entries().keySet()) {
      String module = module(key, directory);
      String name = modules.containsKey(module) ? modules.get(module) : modules.get(model.spec().names().prefix() + module);
      if (name == null) {
        throw new IllegalArgumentException(directory + " adapts the module '" + module + "', which " + model.name()
            + " does not have; it has " + modules.keySet().stream().limit(8).toList() + ", …");
      }
      layers.computeIfAbsent(name, each -> adapted(model.layer(each), module, file, config));
    }
    return layers;
  }

  private static Adapted adapted(Linear base, String module, Safetensors file, PeftConfig config) {
    if (base instanceof Adapted || base instanceof AdaptedUnderMask) {
      throw new IllegalArgumentException("module '" + module + "' is adapted already; merge or unmerge that adapter first");
    }
    try {
      NDArray a = array(file, PREFIX + module + A);
      NDArray b = array(file, PREFIX + module + B);
      config.checkRank(module, a.getShape().get(0));
      return new Adapted(base, a, b, config.scale(module, a.getShape().get(0)));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("module '" + module + "': " + e.getMessage(), e);
    }
  }

  private static NDArray array(Safetensors file, String name) {
    return Scope.run(() -> Gradients.settled(file.read(name).toDevice(Devices.current(), false), DataType.FLOAT32));
  }

  private static String module(String key, Path directory) {
    if (!key.startsWith(PREFIX) || !(key.endsWith(A) || key.endsWith(B))) {
      throw new IllegalArgumentException(directory + " holds '" + key + "'; allowed are " + PREFIX + "<module>" + A + " and " + B);
    }
    return key.substring(PREFIX.length(), key.length() - A.length());
  }

  /** Module to layer name: {@code model.layers.0.self_attn.q_proj} to {@code 0.q}. */
  private static Map<String, String> modules(Llm model) {
    Map<String, String> modules = new LinkedHashMap<>();
    for (Block block : model.blocks()) {
      for (Role role : block.roles()) {
        modules.put(model.spec().names().prefix() + model.spec().names().layer(block.index(), role), block.name(role));
      }
    }
    return modules;
  }
}
