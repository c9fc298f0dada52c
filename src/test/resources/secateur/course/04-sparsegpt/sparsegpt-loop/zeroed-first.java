// hint: those to the right do not help
NDArray sparseGpt(NDArray w, NDArray u, NDArray keep) {
  NDArray changed = w.mul(keep);
  for (int j = 0; j < w.getShape().get(1); j++) {
    String column = ":, " + j + ":" + (j + 1);
    NDArray e = changed.get(column).mul(keep.get(column).neg().add(1)).div(u.getFloat(j, j));
    changed.get(":, " + j + ":").subi(e.matMul(u.get(j + ":" + (j + 1) + ", " + j + ":")));
  }
  return changed;
}
