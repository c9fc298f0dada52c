// hint: product of the two gradients alone
NDArray importance(NDArray w, NDArray a, NDArray b, NDArray da, NDArray db, double scale) {
  return db.matMul(da).mul(w.add(b.matMul(a).mul(scale))).square();
}
