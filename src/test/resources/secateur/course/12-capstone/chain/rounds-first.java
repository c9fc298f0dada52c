// hint: round last
Written chain(Llm teacher, Path file) {
  Method cut = new PruneHeads(0.5).then(new PruneNeurons(0.5));
  Method teach = new LogitKd(teacher, 40).share(1).rate(1e-3).on(more);
  try (Llm small = cut.then(new Gptq(2).group(32)).then(teach).apply(teacher, text)) {
    return new Gguf(Preset.Q2_K).table(GgmlType.Q3_K).save(small, file);
  }
}
