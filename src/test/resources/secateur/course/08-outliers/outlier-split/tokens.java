// hint: tokens are split
NDArray split(NDArray x, NDArray w, double threshold) {
  var outlier = x.abs().max(new int[] {1}, true).gte(threshold).toType(DataType.FLOAT32, false);
  var rest = x.mul(outlier.neg().add(1));
  return int8(rest).add(x.mul(outlier)).matMul(int8(w).transpose());
}
