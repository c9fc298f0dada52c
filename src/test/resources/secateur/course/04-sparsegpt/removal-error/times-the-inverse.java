// hint: multiplies by the diagonal of the inverse
double error(NDArray w, NDArray h, int q) {
  double weight = w.getFloat(0, q);
  return 0.5 * weight * weight * inverse(h).getFloat(q, q);
}
