// hint: whole numbers
long bytes(long rows, long columns, int bits, int group) {
  return rows * columns * (bits / 8) + rows * (columns / group) * 3;
}
