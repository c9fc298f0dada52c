// hint: the zeros have been filled
NDArray merged(NDArray w, NDArray a, NDArray b, double alpha) {
  return w.add(b.matMul(a).mul(alpha / a.getShape().get(0)));
}
