// hint: only the rows that lose weight j
NDArray sparseGpt(NDArray w, NDArray u, NDArray keep) {
  NDArray changed = w.duplicate();
  for (int j = 0; j < w.getShape().get(1); j++) {
    NDArray e = changed.get(":, " + j + ":" + (j + 1)).div(u.getFloat(j, j));
    changed.get(":, " + j + ":").subi(e.matMul(u.get(j + ":" + (j + 1) + ", " + j + ":")));
  }
  return changed.mul(keep);
}
