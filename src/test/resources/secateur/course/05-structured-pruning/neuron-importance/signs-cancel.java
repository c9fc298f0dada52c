// hint: the sign must go before the sum
NDArray importance(Mlp weight, Mlp gradient) {
  NDArray gate = weight.gate().mul(gradient.gate()).sum(new int[] {1}).abs();
  NDArray up = weight.up().mul(gradient.up()).sum(new int[] {1}).abs();
  NDArray down = weight.down().mul(gradient.down()).sum(new int[] {0}).abs();
  return gate.add(up).add(down);
}
