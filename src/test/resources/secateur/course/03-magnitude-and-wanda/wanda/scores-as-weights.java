// hint: those are scores
record MyWanda(double share) implements PerLayer<InputNorm> {
  public InputNorm observe(Linear layer) { return new InputNorm(); }
  public Linear compress(Linear layer, InputNorm x) {
    var w = layer.weight();
    return layer.withWeight(w.abs().mul(x.norm().sqrt()).mul(Sparsity.perRow(share).keep(w.abs().mul(x.norm().sqrt()))));
  }
}
