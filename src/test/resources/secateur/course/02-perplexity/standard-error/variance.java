// hint: variance
double standardError(double[] losses) {
  double mean = Arrays.stream(losses).average().orElseThrow();
  double variance = Arrays.stream(losses).map(l -> (l - mean) * (l - mean)).sum() / (losses.length - 1);
  return Math.exp(mean) * variance / Math.sqrt(losses.length);
}
