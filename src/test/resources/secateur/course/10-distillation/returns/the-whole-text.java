// hint: return of the whole text
double[] returns(double[] p, double[] q) {
  double whole = IntStream.range(0, p.length).mapToDouble(t -> p[t] - q[t]).sum();
  return DoubleStream.generate(() -> whole).limit(p.length).toArray();
}
