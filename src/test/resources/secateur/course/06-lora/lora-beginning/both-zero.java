// hint: both are zero
NDArray beginA(int rank, long in) {
  return manager.zeros(new Shape(rank, in));
}

NDArray beginB(int rank, long out) {
  return manager.zeros(new Shape(out, rank));
}

long trained(Llm model, int rank) {
  return model.layers().values().stream().mapToLong(layer -> rank * (layer.rows() + layer.columns())).sum();
}
