// hint: take it out before you round
NDArray split(NDArray x, NDArray w, double threshold) {
  var outlier = x.abs().max(new int[] {0}).gte(threshold).toType(DataType.FLOAT32, false);
  return int8(x).mul(outlier.neg().add(1)).add(x.mul(outlier)).matMul(int8(w).transpose());
}
