// hint: across bytes
long bytes(long rows, long columns, int bits, int group) {
  return rows * columns / (8 / bits) + rows * (columns / group) * 3;
}
