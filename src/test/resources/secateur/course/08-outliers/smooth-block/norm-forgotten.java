// hint: the norm before is as it was
NDList smooth(NDArray gain, NDArray w, NDArray s) {
  return new NDList(gain, w.mul(s));
}
