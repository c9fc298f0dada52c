// hint: alpha / r is missing
NDArray merged(NDArray w, NDArray a, NDArray b, double alpha) {
  return w.add(b.matMul(a)).mul(w.neq(0).toType(DataType.FLOAT32, false));
}
