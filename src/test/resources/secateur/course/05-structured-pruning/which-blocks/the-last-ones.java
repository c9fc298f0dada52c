// hint: influence was not looked at
List<Integer> gone(double[] influence, int n) {
  return IntStream.range(influence.length - n, influence.length).boxed().toList();
}
