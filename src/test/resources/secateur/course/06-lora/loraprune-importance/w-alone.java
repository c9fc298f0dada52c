// hint: what LoRA has learnt so far belongs to it
NDArray importance(NDArray w, NDArray a, NDArray b, NDArray da, NDArray db, double scale) {
  NDArray g = db.matMul(a).add(b.matMul(da)).sub(db.matMul(da));
  return g.mul(w).square();
}
