// hint: the lengths have not been divided out
double influence(NDArray x, NDArray y) {
  return 1 - x.mul(y).sum(new int[] {1}).mean().getFloat();
}
