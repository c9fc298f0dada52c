// hint: only for its direction
double influence(NDArray x, NDArray y) {
  return y.sub(x).square().sum(new int[] {1}).sqrt().mean().getFloat();
}
