// hint: no gradient is in it
NDArray importance(Mlp weight, Mlp gradient) {
  return weight.gate().abs().sum(new int[] {1}).add(weight.up().abs().sum(new int[] {1})).add(weight.down().abs().sum(new int[] {0}));
}
