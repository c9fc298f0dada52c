// hint: the last term is missing
NDArray importance(NDArray w, NDArray a, NDArray b, NDArray da, NDArray db, double scale) {
  NDArray g = db.matMul(a).add(b.matMul(da));
  return g.mul(w.add(b.matMul(a).mul(scale))).square();
}
