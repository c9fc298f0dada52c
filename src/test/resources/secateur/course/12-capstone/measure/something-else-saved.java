// hint: something else
Entry measure(Llm small, Gguf format, Windows test, Path file) throws IOException {
  Path mine = Files.createTempDirectory("mine").resolve("small.gguf");
  format.save(small, mine);
  format.save(model, file);
  try (Llm read = Llm.load(mine.toString())) {
    return new Entry(Perplexity.of(read, test).value(), Files.size(mine));
  }
}
