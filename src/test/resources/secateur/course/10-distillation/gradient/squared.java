// hint: the chain rule takes one τ away
NDArray gradient(NDArray student, NDArray teacher, double tau) {
  return student.div(tau).softmax(-1).sub(teacher.div(tau).softmax(-1)).mul(tau * tau);
}
