// hint: with forward KL
NDArray mixedLoss(NDArray student, NDArray teacher, NDArray next, double tau, double a) {
  NDArray logP = teacher.div(tau).logSoftmax(-1);
  NDArray logQ = student.div(tau).logSoftmax(-1);
  NDArray kl = logP.exp().mul(logP.sub(logQ)).sum(new int[] {-1}).mul(tau * tau);
  NDArray ce = student.logSoftmax(-1).gather(next.expandDims(-1), 1).squeeze(-1).neg();
  return ce.mul(1 - a).add(kl.mul(a));
}
