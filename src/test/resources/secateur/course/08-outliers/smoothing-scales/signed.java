// hint: an outlier may be negative
NDArray scales(NDArray x, NDArray w, double alpha) {
  return x.max(new int[] {0}).pow(alpha).div(w.max(new int[] {0}).pow(1 - alpha));
}
