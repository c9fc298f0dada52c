// hint: cross-entropy
double perplexity(List<double[]> nats) {
  return nats.stream().flatMapToDouble(Arrays::stream).average().orElseThrow();
}
