// hint: rewards alone
double[] returns(double[] p, double[] q) {
  return IntStream.range(0, p.length).mapToDouble(t -> p[t] - q[t]).toArray();
}
