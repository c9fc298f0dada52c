// hint: type of the table
long tensorBytes(int tokens, int channels, int heads, int neurons, int blocks, GgmlType layers, GgmlType table) {
  long block = 4L * channels * heads * 32 + 3L * channels * neurons;
  return layers.bytes(blocks * block + (long) tokens * channels) + (2L * blocks + 1) * channels * 4;
}
