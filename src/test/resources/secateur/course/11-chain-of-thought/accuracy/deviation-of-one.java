// hint: deviation of a single reply
double[] accuracy(List<String> replies, List<String> wanted) {
  double a = IntStream.range(0, replies.size()).filter(i -> Example.answer(replies.get(i)).equals(wanted.get(i))).count() / (double) replies.size();
  return new double[] {a, Math.sqrt(a * (1 - a))};
}
