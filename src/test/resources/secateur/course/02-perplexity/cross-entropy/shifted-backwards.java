// hint: wrong way
double crossEntropy(NDArray logits, long[] ids) {
  NDArray logP = logits.logSoftmax(-1);
  double sum = 0;
  for (int t = 0; t + 1 < ids.length; t++) {
    sum -= logP.getFloat(t + 1, ids[t]);
  }
  return sum / (ids.length - 1);
}
