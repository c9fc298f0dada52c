// hint: before the exponential
double perplexity(List<double[]> nats) {
  return nats.stream().flatMapToDouble(Arrays::stream).map(Math::exp).average().orElseThrow();
}
