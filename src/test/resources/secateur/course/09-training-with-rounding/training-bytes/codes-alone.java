// hint: the magnitudes of the blocks
double bytes(long base, long adapter) {
  double bits = 4;
  return base * bits / 8 + adapter * (4 + 4 + 8);
}
