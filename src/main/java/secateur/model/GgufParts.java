package secateur.model;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import secateur.spec.GgufForm;
import secateur.spec.Role;
import secateur.tensor.Select;

/** A model's tensors as llama.cpp names and orders them. */
public final class GgufParts {

  private final Llm model;
  private final GgufForm form;
  private final List<GgufPart> parts = new ArrayList<>();

  private GgufParts(Llm model) {
    this.model = model;
    this.form = model.spec().gguf();
  }

  /**
   * All parts of {@code model}, in the order of the forward pass; what had to be made for them lives in the caller's
   * {@link secateur.tensor.Scope}.
   */
  public static List<GgufPart> of(Llm model) {
    return new GgufParts(model).all();
  }

  private List<GgufPart> all() {
    Ends ends = model.ends();
    ends.tables().forEach((part, table) -> matrix(form.module(part), -1, null, new Dense(table, null, model.head().stored())));
    ends.norms().forEach((part, norm) -> norm(form.module(part), norm));
    model.blocks().forEach(this::block);
    if (!model.spec().tied()) {
      matrix(form.module("head"), -1, null, model.head());
    }
    return parts;
  }

  private void block(Block block) {
    block.norms().forEach((part, norm) -> norm(form.module(block.index(), part), norm));
    for (Role role : block.roles()) {
      Linear layer = block.layer(role);
      NDArray rows = form.order(role).rows(layer.rows(), block.heads()).map(Select::places).orElse(null);
      matrix(form.module(block.index(), role.label()), block.index(), role, rows == null ? layer : layer.keep(rows, null));
    }
  }

  private void matrix(String module, int block, Role role, Linear layer) {
    parts.add(new GgufPart.Matrix(module + ".weight", block, Optional.ofNullable(role), layer));
    if (layer.bias() != null) {
      parts.add(new GgufPart.Vector(module + ".bias", layer.bias()));
    }
  }

  private void norm(String module, Norm norm) {
    parts.add(new GgufPart.Vector(module + ".weight", norm.weight()));
    if (norm.bias() != null) {
      parts.add(new GgufPart.Vector(module + ".bias", norm.bias()));
    }
  }
}
