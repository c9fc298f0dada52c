// hint: the nearest one
NDArray rounded(NDArray w, int bits) {
  int top = (1 << bits) - 1;
  var low = w.min(new int[] {1}, true).minimum(0);
  var high = w.max(new int[] {1}, true).maximum(0);
  var scale = high.sub(low).div(top);
  var zero = low.neg().div(scale).round();
  return w.div(scale).floor().add(zero).clip(0, top).sub(zero).mul(scale);
}
