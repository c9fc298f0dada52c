// hint: last token alone
String write(Llm model, String prompt, int tokens) {
  long[] ids = model.tokenizer().encode(prompt);
  for (int n = 0; n < tokens; n++) {
    float[] last = model.logits(new long[] {ids[ids.length - 1]})[0];
    ids = Arrays.copyOf(ids, ids.length + 1);
    ids[ids.length - 1] = Sampler.GREEDY.choose(last);
  }
  return model.tokenizer().decode(ids);
}
