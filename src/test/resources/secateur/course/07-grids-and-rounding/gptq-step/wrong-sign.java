// hint: is the error taken off
NDArray step(NDArray w, NDArray q, NDArray u, int j) {
  var error = w.get(":, " + j + ":" + (j + 1)).sub(q).div(u.get(j, j));
  return w.add(error.matMul(u.get(j + ":" + (j + 1) + ", :")));
}
