// hint: more than the budget
Written chain(Llm teacher, Path file) {
  return new Gguf(Preset.Q4_0).save(teacher, file);
}
