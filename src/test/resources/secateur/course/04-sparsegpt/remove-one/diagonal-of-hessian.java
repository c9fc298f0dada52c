// hint: what it is divided by
NDArray removed(NDArray w, NDArray h, int q) {
  double factor = w.getFloat(0, q) / h.getFloat(q, q);
  return w.sub(inverse(h).get(q + ":" + (q + 1)).mul(factor));
}
