// hint: the file has the tokenizer
Entry measure(Llm small, Gguf format, Windows test, Path file) throws IOException {
  Written written = format.save(small, file);
  try (Llm read = Llm.load(file.toString())) {
    return new Entry(Perplexity.of(read, test).value(), written.bytes());
  }
}
