// hint: there is no file
Written chain(Llm teacher, Path file) {
  try (Llm small = new DropLayers(5).apply(teacher, text)) {
    return new Gguf(Preset.Q2_K).save(small, file.resolveSibling("other.gguf"));
  }
}
