// hint: perplexity of java-8m
Entry measure(Llm small, Gguf format, Windows test, Path file) throws IOException {
  format.save(small, file);
  return new Entry(Perplexity.of(model, test).value(), Files.size(file));
}
