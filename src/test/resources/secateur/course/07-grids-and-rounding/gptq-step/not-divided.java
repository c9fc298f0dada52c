// hint: not divided by U_jj
NDArray step(NDArray w, NDArray q, NDArray u, int j) {
  var error = w.get(":, " + j + ":" + (j + 1)).sub(q);
  return w.sub(error.matMul(u.get(j + ":" + (j + 1) + ", :")));
}
