// hint: influence is 1 minus that
double influence(NDArray x, NDArray y) {
  int[] width = {1};
  NDArray lengths = x.square().sum(width).mul(y.square().sum(width)).sqrt();
  return x.mul(y).sum(width).div(lengths).mean().getFloat();
}
