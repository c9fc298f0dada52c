package secateur.text;

import java.util.Arrays;
import java.util.OptionalInt;

/** Windows of a text, tokenized as a whole when first asked for. */
final class TextWindows implements WindowSource {
  private final Corpus corpus;
  private final Slicing slicing;
  private volatile Facts facts = new Facts(OptionalInt.empty(), OptionalInt.empty(), "");

  /** What the latest tokenizer made known. */
  private record Facts(OptionalInt count, OptionalInt available, String tokenizer) {
  }

  TextWindows(Corpus corpus, Slicing slicing) {
    this.corpus = corpus;
    this.slicing = slicing;
  }

  @Override
  public String name() {
    return corpus.name();
  }

  @Override
  public int length() {
    return slicing.length();
  }

  @Override
  public OptionalInt count() {
    return slicing.count().isPresent() ? slicing.count() : facts.count();
  }

  @Override
  public String protocol() {
    return corpus.label() + ", " + slicing.label(facts.available()) + facts.tokenizer();
  }

  @Override
  public long[][] ids(Tokenizer tokenizer) {
    if (tokenizer == null) {
      throw new IllegalArgumentException("this model has no tokenizer; use Windows.of(long[][])");
    }
    var text = corpus.ids(tokenizer);
    var starts = slicing.starts(text.length);
    var special = tokenizer.encode("").length > 0 ? ", special tokens only at the text's ends" : "";
    facts = new Facts(OptionalInt.of(starts.length), OptionalInt.of(text.length / length()),
        ", tokenizer " + tokenizer.hash() + special);
    return Arrays.stream(starts).mapToObj(s -> Arrays.copyOfRange(text, s, s + length())).toArray(long[][]::new);
  }
}
