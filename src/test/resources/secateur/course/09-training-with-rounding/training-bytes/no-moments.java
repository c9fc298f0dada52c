// hint: moments are missing
double bytes(long base, long adapter) {
  double bits = 4 + 8 / 64.0 + 32 / (64.0 * 256);
  return base * bits / 8 + adapter * (4 + 4);
}
