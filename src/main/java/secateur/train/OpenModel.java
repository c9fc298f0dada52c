package secateur.train;

import ai.djl.ndarray.NDArray;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import secateur.model.Llm;
import secateur.tensor.Gradients;
import secateur.tensor.Scope;

/** A model in training: what it was made from, what changes, and what goes along. */
final class OpenModel implements AutoCloseable {

  private final Llm base;
  private final Adapter adapter;
  private final Dropout dropout = new Dropout();
  private final Opening opening;
  private final Llm open;
  private final List<Parameter> parameters;
  private final Companion companion;

  OpenModel(Llm base, Adapter adapter, Moments moments) {
    this.base = base;
    this.adapter = adapter;
    this.opening = new Opening(adapter, dropout);
    this.open = base.map(opening);
    this.companion = adapter.begin(open);
    this.parameters = Parameter.of(open, companion.trained(), moments);
    if (parameters.isEmpty()) {
      close();
      throw new IllegalArgumentException(adapter + " trains nothing of " + base);
    }
  }

  Llm llm() {
    return open;
  }

  Adapter adapter() {
    return adapter;
  }

  List<Parameter> parameters() {
    return parameters;
  }

  Dropout dropout() {
    return dropout;
  }

  Companion companion() {
    return companion;
  }

  /** All that a checkpoint must hold of it, by name. */
  Map<String, NDArray> state() {
    Map<String, NDArray> state = new HashMap<>();
    companion.state().forEach((name, array) -> state.put("state/" + name, array));
    for (Parameter each : parameters) {
      state.put("value/" + each.name(), each.value().stopGradient());
      state.put("first/" + each.name(), each.first());
      state.put("second/" + each.name(), each.second());
    }
    return state;
  }

  /** A copy of what was trained, in the model that it was made from. */
  Llm settled() {
    Llm[] settled = new Llm[1];
    Gradients.none(() -> {
      try (Scope scope = new Scope()) {
        settled[0] = base.map(new Settling(adapter, opening));
      }
    });
    return settled[0];
  }

  @Override
  public void close() {
    parameters.forEach(Parameter::close);
    companion.close();
    open.close();
  }
}
