// hint: down is missing
NDArray importance(Mlp weight, Mlp gradient) {
  NDArray gate = weight.gate().mul(gradient.gate()).abs().sum(new int[] {1});
  return gate.add(weight.up().mul(gradient.up()).abs().sum(new int[] {1}));
}
