// hint: not divided by U_jj
NDArray sparseGpt(NDArray w, NDArray u, NDArray keep) {
  NDArray changed = w.duplicate();
  NDArray gone = keep.neg().add(1);
  for (int j = 0; j < w.getShape().get(1); j++) {
    String column = ":, " + j + ":" + (j + 1);
    NDArray e = changed.get(column).mul(gone.get(column));
    changed.get(":, " + j + ":").subi(e.matMul(u.get(j + ":" + (j + 1) + ", " + j + ":")));
  }
  return changed.mul(keep);
}
