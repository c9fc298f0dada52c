// hint: not by that of its inverse
double error(NDArray w, NDArray h, int q) {
  double weight = w.getFloat(0, q);
  return weight * weight / h.getFloat(q, q) / 2;
}
