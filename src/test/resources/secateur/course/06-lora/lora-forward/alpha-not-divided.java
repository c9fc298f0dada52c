// hint: divide it by the rank
NDArray lora(NDArray x, NDArray w, NDArray a, NDArray b, double alpha) {
  return x.matMul(w.transpose()).add(x.matMul(a.transpose()).matMul(b.transpose()).mul(alpha));
}
