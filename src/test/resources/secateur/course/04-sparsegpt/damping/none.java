// hint: nothing has been added
NDArray damped(NDArray h, double share) {
  return h.duplicate();
}
