// hint: can an outlier be negative
NDArray split(NDArray x, NDArray w, double threshold) {
  var outlier = x.max(new int[] {0}).gte(threshold).toType(DataType.FLOAT32, false);
  var rest = x.mul(outlier.neg().add(1));
  return int8(rest).add(x.mul(outlier)).matMul(int8(w).transpose());
}
