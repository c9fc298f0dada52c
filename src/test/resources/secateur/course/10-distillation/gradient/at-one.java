// hint: softmax at τ = 1
NDArray gradient(NDArray student, NDArray teacher, double tau) {
  return student.softmax(-1).sub(teacher.softmax(-1)).mul(tau);
}
