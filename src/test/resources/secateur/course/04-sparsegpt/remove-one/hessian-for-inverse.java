// hint: comes from the inverse of H
NDArray removed(NDArray w, NDArray h, int q) {
  double factor = w.getFloat(0, q) / h.getFloat(q, q);
  return w.sub(h.get(q + ":" + (q + 1)).mul(factor));
}
