// hint: one step less between them
NDArray rounded(NDArray w, int bits) {
  int levels = 1 << bits;
  var low = w.min(new int[] {1}, true).minimum(0);
  var high = w.max(new int[] {1}, true).maximum(0);
  var scale = high.sub(low).div(levels);
  var zero = low.neg().div(scale).round();
  return w.div(scale).round().add(zero).clip(0, levels - 1).sub(zero).mul(scale);
}
