// hint: and not a cross-entropy
NDArray distillationLoss(NDArray student, NDArray teacher, double tau) {
  NDArray p = teacher.div(tau).softmax(-1);
  return p.mul(student.div(tau).logSoftmax(-1)).sum(new int[] {-1}).mul(-tau * tau);
}
