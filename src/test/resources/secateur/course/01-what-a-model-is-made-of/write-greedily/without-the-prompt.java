// hint: begins with the prompt
String write(Llm model, String prompt, int tokens) {
  long[] ids = model.tokenizer().encode(prompt);
  int read = tokens == 0 ? 0 : ids.length;
  for (int n = 0; n < tokens; n++) {
    float[][] logits = model.logits(ids);
    ids = Arrays.copyOf(ids, ids.length + 1);
    ids[ids.length - 1] = Sampler.GREEDY.choose(logits[ids.length - 2]);
  }
  return model.tokenizer().decode(Arrays.copyOfRange(ids, read, ids.length));
}
