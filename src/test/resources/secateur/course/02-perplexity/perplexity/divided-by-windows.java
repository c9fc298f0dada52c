// hint: number of windows
double perplexity(List<double[]> nats) {
  return Math.exp(nats.stream().flatMapToDouble(Arrays::stream).sum() / nats.size());
}
