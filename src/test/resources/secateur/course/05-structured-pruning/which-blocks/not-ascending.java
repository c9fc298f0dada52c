// hint: not ascending
List<Integer> gone(double[] influence, int n) {
  return IntStream.range(0, influence.length).boxed().sorted(Comparator.comparingDouble(i -> influence[i])).limit(n).toList();
}
