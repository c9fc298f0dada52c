// hint: neighbouring outputs
NDArray grouped(NDArray w, int bits, int size) {
  var turned = w.transpose();
  return rounded(turned.reshape(-1, size), bits).reshape(turned.getShape()).transpose();
}
