// hint: not shifted
double crossEntropy(NDArray logits, long[] ids) {
  NDArray logP = logits.logSoftmax(-1);
  double sum = 0;
  for (int t = 0; t < ids.length; t++) {
    sum -= logP.getFloat(t, ids[t]);
  }
  return sum / ids.length;
}
