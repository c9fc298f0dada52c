// hint: feed-forward network
long parameters(LlamaSizes s) {
  long queries = s.heads() * s.headSize(), keys = s.keyValueHeads() * s.headSize();
  long block = s.hidden() * (2 * queries + 2 * keys) + 2 * s.hidden() * s.inner() + 2 * s.hidden();
  return (s.tied() ? 1 : 2) * s.vocabulary() * s.hidden() + s.blocks() * block + s.hidden();
}
