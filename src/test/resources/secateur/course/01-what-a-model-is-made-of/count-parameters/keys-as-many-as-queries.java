// hint: keys and values
long parameters(LlamaSizes s) {
  long queries = s.heads() * s.headSize(), keys = s.keyValueHeads() * s.headSize();
  long block = 4 * s.hidden() * queries + 3 * s.hidden() * s.inner() + 2 * s.hidden();
  return (s.tied() ? 1 : 2) * s.vocabulary() * s.hidden() + s.blocks() * block + s.hidden();
}
