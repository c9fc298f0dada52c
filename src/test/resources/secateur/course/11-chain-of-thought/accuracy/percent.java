// hint: in percent
double[] accuracy(List<String> replies, List<String> wanted) {
  double a = IntStream.range(0, replies.size()).filter(i -> Example.answer(replies.get(i)).equals(wanted.get(i))).count() / (double) replies.size();
  return new double[] {100 * a, 100 * Math.sqrt(a * (1 - a) / replies.size())};
}
