// hint: keep their sign
record MyMagnitude(double share) implements PerLayer<InputNorm> {
  public InputNorm observe(Linear layer) { return new InputNorm(); }
  public Linear compress(Linear layer, InputNorm x) {
    var w = layer.weight();
    return layer.withWeight(w.abs().mul(Sparsity.perMatrix(share).keep(w.abs())));
  }
}
