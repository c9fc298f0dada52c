// hint: sign of a weight counts
record MyWanda(double share) implements PerLayer<InputNorm> {
  public InputNorm observe(Linear layer) { return new InputNorm(); }
  public Linear compress(Linear layer, InputNorm x) {
    var w = layer.weight();
    return layer.withWeight(w.mul(Sparsity.perRow(share).keep(w.mul(x.norm().sqrt()))));
  }
}
