// hint: both are trained
NDArray beginA(int rank, long in) {
  return random(rank, in, 1 / Math.sqrt(in));
}

NDArray beginB(int rank, long out) {
  return manager.zeros(new Shape(out, rank));
}

long trained(Llm model, int rank) {
  return model.layers().values().stream().mapToLong(layer -> rank * layer.columns()).sum();
}
