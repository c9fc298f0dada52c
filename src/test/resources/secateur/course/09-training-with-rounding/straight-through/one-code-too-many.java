// hint: 2^(b-1) - 1
NDArray gradient(NDArray g, NDArray w, double s, int bits) {
  int half = 1 << (bits - 1);
  var code = w.div(s).round();
  var inside = code.gte(-half).logicalAnd(code.lte(half));
  return g.mul(inside.toType(DataType.FLOAT32, false));
}
