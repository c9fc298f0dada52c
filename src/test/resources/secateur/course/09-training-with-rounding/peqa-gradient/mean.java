// hint: this is a mean
NDArray scaleGradient(NDArray g, NDArray q, NDArray z) {
  return g.mul(q.sub(z)).mean(new int[] {1}, true);
}
