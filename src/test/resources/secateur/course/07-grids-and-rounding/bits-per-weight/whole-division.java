// hint: a division of whole numbers
double bitsPerWeight(int bits, int size) {
  return bits + (16 + 8) / size;
}
