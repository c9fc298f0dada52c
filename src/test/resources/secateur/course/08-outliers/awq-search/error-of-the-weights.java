// hint: error of the weights
double[] search(NDArray x, NDArray w, UnaryOperator<NDArray> round) {
  var mean = x.abs().mean(new int[] {0});
  double[] errors = new double[20];
  for (int i = 0; i < 20; i++) {
    var s = mean.pow(i / 20.0);
    s = s.div(s.max().mul(s.min()).sqrt());
    errors[i] = round.apply(w.mul(s)).div(s).sub(w).square().sum().getFloat();
  }
  return errors;
}
