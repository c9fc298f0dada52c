// hint: write into an array of your own
double[] returns(double[] p, double[] q) {
  double after = 0;
  for (int t = p.length - 1; t >= 0; t--) {
    after += p[t] - q[t];
    p[t] = after;
  }
  return p;
}
