// hint: wrong way round: the one who is asked
NDArray distillationLoss(NDArray student, NDArray teacher, double tau) {
  NDArray logP = teacher.div(tau).logSoftmax(-1);
  NDArray logQ = student.div(tau).logSoftmax(-1);
  return logQ.exp().mul(logQ.sub(logP)).sum(new int[] {-1}).mul(tau * tau);
}
