// hint: all rows share one scale
NDArray rounded(NDArray w, int bits) {
  int top = (1 << bits) - 1;
  var low = w.min().minimum(0);
  var high = w.max().maximum(0);
  var scale = high.sub(low).div(top);
  var zero = low.neg().div(scale).round();
  return w.div(scale).round().add(zero).clip(0, top).sub(zero).mul(scale);
}
