package secateur.export;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import secateur.gguf.GgmlType;
import secateur.gguf.GgufFile;
import secateur.gguf.Minima;
import secateur.model.Block;
import secateur.model.Change;
import secateur.model.Linear;
import secateur.model.Llm;
import secateur.spec.GgufForm;
import secateur.spec.Role;
import secateur.spec.RowOrder;
import secateur.tensor.Devices;
import secateur.tensor.Scope;
import secateur.tensor.Select;

/** A GGUF file's model that multiplies as llama.cpp does on a CPU, with keys and values in float32: every layer is a {@link RoundedProduct}. */
final class RoundedActivations implements Change {

  /** A tensor of the file, and the order of its rows. */
  private record Place(GgufFile.Tensor tensor, RowOrder order) {}

  private final Llm model;
  private final GgufFile file;
  private final Map<String, Place> places = new HashMap<>();

  private RoundedActivations(Llm model, GgufFile file) {
    this.model = model;
    this.file = file;
    GgufForm form = model.spec().gguf();
    String head = form.module("head") + ".weight";
    places.put("head", place(file.tensors().containsKey(head) ? head : form.module("embed") + ".weight", RowOrder.PLAIN));
    for (Block block : model.blocks()) {
      for (Role role : block.roles()) {
        places.put(block.name(role), place(form.module(block.index(), role.label()) + ".weight", form.order(role)));
      }
    }
  }

  private Place place(String name, RowOrder order) {
    return new Place(file.tensors().get(name), order);
  }

  /** {@code model} as llama.cpp computes it, to be closed by itself; empty where it was not read from a GGUF file, or where nothing is rounded there. */
  static Optional<Llm> of(Llm model) {
    return model.source().gguf().map(file -> new RoundedActivations(model, file)).filter(RoundedActivations::rounds).map(model::map);
  }

  private boolean rounds() {
    return places.values().stream().anyMatch(place -> place.tensor().type() != GgmlType.F32);
  }

  @Override
  public Linear layer(String name, Linear layer) {
    Place place = places.get(name);
    return switch (place.tensor().type()) {
      case F32 -> layer;
      case F16 -> new RoundedProduct.Halves(layer);
      case Q4_1, Q5_1 -> new RoundedProduct.Sums(layer, minima(place));
      case Q4_0, Q5_0, Q8_0, IQ4_NL -> new RoundedProduct.HalfScales(layer);
      case Q2_K, Q3_K, Q4_K, Q5_K, Q6_K -> new RoundedProduct.FullScales(layer);
    };
  }

  /** (out, in / 32), in the checkpoint's order of rows. */
  private NDArray minima(Place place) {
    GgufFile.Tensor tensor = place.tensor();
    Shape shape = new Shape(tensor.shape());
    float[] values = Minima.of(tensor.type(), file.read(tensor.name()), Math.toIntExact(shape.size()));
    return Scope.run(() -> {
      NDArray rows = place.order().back(shape.get(0), model.spec().heads()).map(Select::places).orElse(null);
      return Select.rows(Select.numbers(values).reshape(shape.get(0), -1), rows).toType(Devices.activations(), false).duplicate(); // out of Java memory
    });
  }
}
