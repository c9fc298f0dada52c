// hint: each row
NDArray probabilities(NDArray logits, double temperature) {
  var e = logits.div(temperature).exp();
  return e.div(e.sum());
}
