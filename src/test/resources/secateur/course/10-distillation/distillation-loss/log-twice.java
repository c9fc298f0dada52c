// hint: logarithm already
NDArray distillationLoss(NDArray student, NDArray teacher, double tau) {
  NDArray p = teacher.div(tau).softmax(-1);
  NDArray q = student.div(tau).logSoftmax(-1);
  return p.mul(p.log().sub(q.log())).sum(new int[] {-1}).mul(tau * tau);
}
