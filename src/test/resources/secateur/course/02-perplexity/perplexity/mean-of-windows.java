// hint: over tokens
double perplexity(List<double[]> nats) {
  return Math.exp(nats.stream().mapToDouble(window -> Arrays.stream(window).average().orElseThrow()).average().orElseThrow());
}
