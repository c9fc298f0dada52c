// hint: the codes are missing
NDArray scaleGradient(NDArray g, NDArray q, NDArray z) {
  return g.sum(new int[] {1}, true);
}
