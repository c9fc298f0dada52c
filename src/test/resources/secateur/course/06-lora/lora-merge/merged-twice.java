// hint: merged twice
NDArray merged(NDArray w, NDArray a, NDArray b, double alpha) {
  NDArray once = w.add(b.matMul(a).mul(alpha / a.getShape().get(0)));
  return once.add(b.matMul(a).mul(alpha / a.getShape().get(0))).mul(w.neq(0).toType(DataType.FLOAT32, false));
}
