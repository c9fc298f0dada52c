// hint: which stay is in kept
Mlp cut(Mlp mlp, int[] kept) {
  String first = ":" + kept.length;
  return new Mlp(mlp.gate().get(first), mlp.up().get(first), mlp.down().get(":, " + first));
}
