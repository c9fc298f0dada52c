// hint: the gradient there is below 0
NDArray gradient(NDArray student, NDArray teacher, double tau) {
  return teacher.div(tau).softmax(-1).sub(student.div(tau).softmax(-1)).mul(tau);
}
