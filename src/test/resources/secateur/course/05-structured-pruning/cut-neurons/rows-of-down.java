// hint: a column, not a row
Mlp cut(Mlp mlp, int[] kept) {
  NDArray places = Select.places(Arrays.stream(kept).asLongStream().toArray());
  return new Mlp(Select.rows(mlp.gate(), places), Select.rows(mlp.up(), places), Select.rows(mlp.down(), places));
}
