// hint: only the diagonal grows
NDArray damped(NDArray h, double share) {
  return h.add(share * Columns.diagonal(h).mean().getFloat());
}
