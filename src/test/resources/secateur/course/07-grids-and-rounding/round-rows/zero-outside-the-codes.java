// hint: your zero is below 0 and no code
NDArray rounded(NDArray w, int bits) {
  int top = (1 << bits) - 1;
  var low = w.min(new int[] {1}, true);
  var high = w.max(new int[] {1}, true);
  var scale = high.sub(low).div(top);
  var zero = low.neg().div(scale).round();
  return w.div(scale).round().add(zero).clip(0, top).sub(zero).mul(scale);
}
