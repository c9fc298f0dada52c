// hint: the model in memory
Entry measure(Llm small, Gguf format, Windows test, Path file) throws IOException {
  format.save(small, file);
  return new Entry(Perplexity.of(small, test).value(), Files.size(file));
}
