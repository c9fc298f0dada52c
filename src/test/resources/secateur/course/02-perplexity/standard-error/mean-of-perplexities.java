// hint: windows' perplexities
double standardError(double[] losses) {
  double[] own = Arrays.stream(losses).map(Math::exp).toArray();
  double mean = Arrays.stream(own).average().orElseThrow();
  double variance = Arrays.stream(own).map(p -> (p - mean) * (p - mean)).sum() / (own.length - 1);
  return Math.sqrt(variance / own.length);
}
