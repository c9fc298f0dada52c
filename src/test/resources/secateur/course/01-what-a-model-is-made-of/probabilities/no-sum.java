// hint: add up to 1
NDArray probabilities(NDArray logits, double temperature) {
  return logits.div(temperature).exp();
}
