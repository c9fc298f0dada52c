// hint: both are random
NDArray beginA(int rank, long in) {
  return random(rank, in, 1 / Math.sqrt(in));
}

NDArray beginB(int rank, long out) {
  return random(out, rank, 1 / Math.sqrt(rank));
}

long trained(Llm model, int rank) {
  return model.layers().values().stream().mapToLong(layer -> rank * (layer.rows() + layer.columns())).sum();
}
