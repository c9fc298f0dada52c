// hint: windows' perplexities
double perplexity(List<double[]> nats) {
  return nats.stream().mapToDouble(window -> Math.exp(Arrays.stream(window).average().orElseThrow())).average().orElseThrow();
}
