// hint: the base is frozen
double bytes(long base, long adapter) {
  double bits = 4 + 8 / 64.0 + 32 / (64.0 * 256);
  return base * bits / 8 + (base + adapter) * (4 + 4 + 8);
}
