// hint: its own reward
double[] returns(double[] p, double[] q) {
  double[] r = new double[p.length];
  double after = 0;
  for (int t = p.length - 1; t >= 0; t--) {
    r[t] = after;
    after += p[t] - q[t];
  }
  return r;
}
