// hint: name a preset
Written chain(Llm teacher, Path file) {
  try (Llm small = new DropLayers(4).apply(teacher, text)) {
    return new Gguf().save(small, file);
  }
}
