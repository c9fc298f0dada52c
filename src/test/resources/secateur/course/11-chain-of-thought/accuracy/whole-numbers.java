// hint: int / int
double[] accuracy(List<String> replies, List<String> wanted) {
  int right = (int) IntStream.range(0, replies.size()).filter(i -> Example.answer(replies.get(i)).equals(wanted.get(i))).count();
  double a = right / replies.size();
  return new double[] {a, Math.sqrt(a * (1 - a) / replies.size())};
}
