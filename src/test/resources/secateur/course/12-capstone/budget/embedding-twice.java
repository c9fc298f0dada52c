// hint: once, in blocks of 32 weights
long tensorBytes(int tokens, int channels, int heads, int neurons, int blocks, GgmlType layers, GgmlType table) {
  long block = 4L * channels * heads * 32 + 3L * channels * neurons;
  return blocks * layers.bytes(block) + 2 * table.bytes((long) tokens * channels) + (2L * blocks + 1) * channels * 4;
}
