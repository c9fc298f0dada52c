// hint: a row for each rank
NDArray beginA(int rank, long in) {
  return random(in, rank, 1 / Math.sqrt(in));
}

NDArray beginB(int rank, long out) {
  return manager.zeros(new Shape(rank, out));
}

long trained(Llm model, int rank) {
  return model.layers().values().stream().mapToLong(layer -> rank * (layer.rows() + layer.columns())).sum();
}
