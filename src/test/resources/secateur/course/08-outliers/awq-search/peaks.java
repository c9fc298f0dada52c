// hint: AWQ takes means
double[] search(NDArray x, NDArray w, UnaryOperator<NDArray> round) {
  var mean = x.abs().max(new int[] {0});
  double[] errors = new double[20];
  for (int i = 0; i < 20; i++) {
    var s = mean.pow(i / 20.0);
    s = s.div(s.max().mul(s.min()).sqrt());
    errors[i] = x.matMul(round.apply(w.mul(s)).div(s).sub(w).transpose()).square().sum().getFloat();
  }
  return errors;
}
