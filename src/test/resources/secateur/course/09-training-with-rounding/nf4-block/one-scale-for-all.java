// hint: all blocks share one scale
NDArray nf4(NDArray blocks, float[] levels) {
  var absmax = blocks.abs().max();
  var x = blocks.div(absmax);
  var level = x.zerosLike().add(levels[0]);
  for (int i = 1; i < levels.length; i++) {
    var beyond = x.gt((levels[i - 1] + levels[i]) / 2).toType(DataType.FLOAT32, false);
    level = level.add(beyond.mul(levels[i] - levels[i - 1]));
  }
  return level.mul(absmax);
}
