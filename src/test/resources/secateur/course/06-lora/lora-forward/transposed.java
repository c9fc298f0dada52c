// hint: BA is transposed
NDArray lora(NDArray x, NDArray w, NDArray a, NDArray b, double alpha) {
  double scale = alpha / a.getShape().get(0);
  return x.matMul(w.transpose()).add(x.matMul(b.matMul(a)).mul(scale));
}
