// hint: number of bits
long bytes(long rows, long columns, int bits, int group) {
  return rows * columns * bits + rows * (columns / group) * 24;
}
