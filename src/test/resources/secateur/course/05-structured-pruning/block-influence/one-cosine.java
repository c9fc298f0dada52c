// hint: each token has its own
double influence(NDArray x, NDArray y) {
  double lengths = Math.sqrt(x.square().sum().getFloat() * y.square().sum().getFloat());
  return 1 - x.mul(y).sum().getFloat() / lengths;
}
