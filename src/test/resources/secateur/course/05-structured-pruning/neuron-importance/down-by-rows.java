// hint: of down it has a column
NDArray importance(Mlp weight, Mlp gradient) {
  NDArray gate = weight.gate().mul(gradient.gate()).abs().sum(new int[] {1});
  NDArray up = weight.up().mul(gradient.up()).abs().sum(new int[] {1});
  return gate.add(up).add(weight.down().mul(gradient.down()).abs().sum(new int[] {1}));
}
