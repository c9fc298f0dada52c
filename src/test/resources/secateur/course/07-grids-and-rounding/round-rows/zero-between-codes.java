// hint: your zero is not a whole code
NDArray rounded(NDArray w, int bits) {
  int top = (1 << bits) - 1;
  var low = w.min(new int[] {1}, true).minimum(0);
  var high = w.max(new int[] {1}, true).maximum(0);
  var scale = high.sub(low).div(top);
  return w.sub(low).div(scale).round().mul(scale).add(low);
}
