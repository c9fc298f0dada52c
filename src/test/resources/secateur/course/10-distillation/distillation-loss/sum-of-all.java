// hint: one number for each of the T rows
NDArray distillationLoss(NDArray student, NDArray teacher, double tau) {
  NDArray logP = teacher.div(tau).logSoftmax(-1);
  NDArray logQ = student.div(tau).logSoftmax(-1);
  return logP.exp().mul(logP.sub(logQ)).sum().mul(tau * tau);
}
