// hint: not for the past
double[] returns(double[] p, double[] q) {
  double[] r = new double[p.length];
  double before = 0;
  for (int t = 0; t < p.length; t++) {
    before += p[t] - q[t];
    r[t] = before;
  }
  return r;
}
