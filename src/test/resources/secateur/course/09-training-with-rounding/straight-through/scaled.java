// hint: the step is in it twice
NDArray gradient(NDArray g, NDArray w, double s, int bits) {
  int half = 1 << (bits - 1);
  var code = w.div(s).round();
  var inside = code.gte(-half).logicalAnd(code.lte(half - 1));
  return g.div(s).mul(inside.toType(DataType.FLOAT32, false));
}
