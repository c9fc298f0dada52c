// hint: the constants of double quantization
double bytes(long base, long adapter) {
  double bits = 4 + 8 / 64.0;
  return base * bits / 8 + adapter * (4 + 4 + 8);
}
