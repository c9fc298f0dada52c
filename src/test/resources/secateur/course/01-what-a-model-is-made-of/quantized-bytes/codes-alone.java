// hint: codes alone
long bytes(long rows, long columns, int bits, int group) {
  return rows * columns * bits / 8;
}
