// hint: alpha is on the wrong side
NDArray scales(NDArray x, NDArray w, double alpha) {
  return x.abs().max(new int[] {0}).pow(1 - alpha).div(w.abs().max(new int[] {0}).pow(alpha));
}
