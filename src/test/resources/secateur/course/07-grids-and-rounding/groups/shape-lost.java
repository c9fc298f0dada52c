// hint: the shape of the weights
NDArray grouped(NDArray w, int bits, int size) {
  return rounded(w.reshape(-1, size), bits);
}
