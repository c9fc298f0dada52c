// hint: not to go
NDArray keep(NDArray scores, int n, int m) {
  var rank = scores.reshape(-1, m).argSort(1).argSort(1);
  return rank.gte(n).toType(DataType.FLOAT32, false).reshape(scores.getShape());
}
