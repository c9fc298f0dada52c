// hint: every token appended
String write(Llm model, String prompt, int tokens) {
  long[] ids = model.tokenizer().encode(prompt);
  long next = 0;
  for (int n = 0; n < tokens; n++) {
    float[][] logits = model.logits(ids);
    next = Sampler.GREEDY.choose(logits[ids.length - 1]);
  }
  return prompt + (tokens == 0 ? "" : model.tokenizer().decode(new long[] {next}));
}
