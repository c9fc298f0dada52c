// hint: was the trained model saved
Written chain(Llm teacher, Path file) {
  try (Llm small = new PruneHeads(0.5).then(new PruneNeurons(0.5)).apply(teacher, text);
      Llm taught = new LogitKd(teacher, 1).share(1).batch(1).on(more).apply(small, text)) {
    return new Gguf(Preset.Q2_K).table(GgmlType.Q3_K).save(small, file);
  }
}
