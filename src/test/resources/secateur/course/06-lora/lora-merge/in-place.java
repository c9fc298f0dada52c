// hint: merged twice
NDArray merged(NDArray w, NDArray a, NDArray b, double alpha) {
  NDArray mask = w.neq(0).toType(DataType.FLOAT32, false);
  return w.addi(b.matMul(a).mul(alpha / a.getShape().get(0))).muli(mask);
}
