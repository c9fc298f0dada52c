// hint: return a new one
NDArray damped(NDArray h, double share) {
  double mean = Columns.diagonal(h).mean().getFloat();
  return h.addi(h.getManager().eye((int) h.getShape().get(0)).mul(share * mean));
}
