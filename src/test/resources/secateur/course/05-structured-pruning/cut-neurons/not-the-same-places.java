// hint: up lost other neurons than gate
Mlp cut(Mlp mlp, int[] kept) {
  NDArray places = Select.places(Arrays.stream(kept).asLongStream().toArray());
  return new Mlp(Select.rows(mlp.gate(), places), mlp.up().get(":" + kept.length), Select.columns(mlp.down(), places));
}
