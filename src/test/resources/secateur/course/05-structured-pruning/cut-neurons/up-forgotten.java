// hint: up should have a row for each
Mlp cut(Mlp mlp, int[] kept) {
  NDArray places = Select.places(Arrays.stream(kept).asLongStream().toArray());
  return new Mlp(Select.rows(mlp.gate(), places), mlp.up(), Select.columns(mlp.down(), places));
}
