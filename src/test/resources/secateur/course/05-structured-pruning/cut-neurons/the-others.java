// hint: kept are the ones that stay
Mlp cut(Mlp mlp, int[] kept) {
  Set<Integer> removed = Arrays.stream(kept).boxed().collect(Collectors.toSet());
  NDArray places = Select.places(LongStream.range(0, mlp.gate().getShape().get(0)).filter(j -> !removed.contains((int) j)).toArray());
  return new Mlp(Select.rows(mlp.gate(), places), Select.rows(mlp.up(), places), Select.columns(mlp.down(), places));
}
