// hint: the zero takes room
double bitsPerWeight(int bits, int size) {
  return bits + 16.0 / size;
}
