// hint: text to learn from
Entry measure(Llm small, Gguf format, Windows test, Path file) throws IOException {
  format.save(small, file);
  try (Llm read = Llm.load(file.toString())) {
    return new Entry(Perplexity.of(read, text).value(), Files.size(file));
  }
}
