// hint: at τ = 1: the temperature divides the logits
NDArray distillationLoss(NDArray student, NDArray teacher, double tau) {
  NDArray logP = teacher.logSoftmax(-1);
  NDArray logQ = student.logSoftmax(-1);
  return logP.exp().mul(logP.sub(logQ)).sum(new int[] {-1}).mul(tau * tau);
}
