// hint: outliers have grown
NDList smooth(NDArray gain, NDArray w, NDArray s) {
  return new NDList(gain.mul(s), w.div(s));
}
