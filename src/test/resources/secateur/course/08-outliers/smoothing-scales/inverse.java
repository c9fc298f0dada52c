// hint: this is 1 / s
NDArray scales(NDArray x, NDArray w, double alpha) {
  return w.abs().max(new int[] {0}).pow(1 - alpha).div(x.abs().max(new int[] {0}).pow(alpha));
}
