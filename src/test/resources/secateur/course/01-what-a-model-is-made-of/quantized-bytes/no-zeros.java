// hint: zero as well
long bytes(long rows, long columns, int bits, int group) {
  return rows * columns * bits / 8 + rows * (columns / group) * 2;
}
