// hint: where its rounded code leaves
NDArray gradient(NDArray g, NDArray w, double s, int bits) {
  int half = 1 << (bits - 1);
  var code = w.div(s);
  var inside = code.gte(-half).logicalAnd(code.lte(half - 1));
  return g.mul(inside.toType(DataType.FLOAT32, false));
}
