// hint: least likely
String write(Llm model, String prompt, int tokens) {
  long[] ids = model.tokenizer().encode(prompt);
  for (int n = 0; n < tokens; n++) {
    float[][] logits = model.logits(ids);
    float[] last = logits[ids.length - 1];
    for (int i = 0; i < last.length; i++) {
      last[i] = -last[i];
    }
    ids = Arrays.copyOf(ids, ids.length + 1);
    ids[ids.length - 1] = Sampler.GREEDY.choose(last);
  }
  return model.tokenizer().decode(ids);
}
