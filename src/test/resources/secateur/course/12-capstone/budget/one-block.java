// hint: three blocks came out as large as one
long tensorBytes(int tokens, int channels, int heads, int neurons, int blocks, GgmlType layers, GgmlType table) {
  long block = 4L * channels * heads * 32 + 3L * channels * neurons;
  return layers.bytes(block) + table.bytes((long) tokens * channels) + 3L * channels * 4;
}
