// hint: not to 2
double perplexity(List<double[]> nats) {
  return Math.pow(2, nats.stream().flatMapToDouble(Arrays::stream).average().orElseThrow());
}
