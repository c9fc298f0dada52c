// hint: mean of all numbers
NDArray damped(NDArray h, double share) {
  double mean = h.mean().getFloat();
  return h.add(h.getManager().eye((int) h.getShape().get(0)).mul(share * mean));
}
