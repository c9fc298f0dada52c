// hint: the zero is missing
NDArray scaleGradient(NDArray g, NDArray q, NDArray z) {
  return g.mul(q).sum(new int[] {1}, true);
}
