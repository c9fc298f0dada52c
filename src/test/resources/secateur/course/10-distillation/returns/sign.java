// hint: its own reward, log p - log q
double[] returns(double[] p, double[] q) {
  double[] r = new double[p.length];
  double after = 0;
  for (int t = p.length - 1; t >= 0; t--) {
    after += q[t] - p[t];
    r[t] = after;
  }
  return r;
}
