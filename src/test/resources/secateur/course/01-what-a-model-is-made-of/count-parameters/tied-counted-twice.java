// hint: counts once
long parameters(LlamaSizes s) {
  long queries = s.heads() * s.headSize(), keys = s.keyValueHeads() * s.headSize();
  long block = s.hidden() * (2 * queries + 2 * keys) + 3 * s.hidden() * s.inner() + 2 * s.hidden();
  return 2 * s.vocabulary() * s.hidden() + s.blocks() * block + s.hidden();
}
