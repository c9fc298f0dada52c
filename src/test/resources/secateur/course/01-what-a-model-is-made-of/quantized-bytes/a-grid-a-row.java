// hint: one grid a row
long bytes(long rows, long columns, int bits, int group) {
  return rows * columns * bits / 8 + rows * 3;
}
