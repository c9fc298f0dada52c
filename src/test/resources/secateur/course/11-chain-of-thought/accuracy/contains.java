// hint: occurs in it
double[] accuracy(List<String> replies, List<String> wanted) {
  double a = IntStream.range(0, replies.size()).filter(i -> replies.get(i).contains(wanted.get(i))).count() / (double) replies.size();
  return new double[] {a, Math.sqrt(a * (1 - a) / replies.size())};
}
