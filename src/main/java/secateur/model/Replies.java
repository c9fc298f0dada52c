package secateur.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import secateur.tensor.Progress;
import secateur.text.Tokenizer;

/**
 * What a model writes after prompts, many at once. Prompts may differ in length: while a short one is being answered, a longer
 * one is still read, token by token, so that no padding is needed.
 */
public final class Replies {

  /** Prompts answered at once. */
  private static final int TOGETHER = 128;

  private final Llm model;
  private final Sampler sampler;
  private final Tokenizer tokenizer;
  private final OptionalLong end;
  private final int tokens;

  private Replies(Llm model, int tokens, Sampler sampler) {
    this.model = model;
    this.sampler = sampler;
    this.tokenizer = model.tokenizer();
    this.end = tokenizer.end();
    this.tokens = tokens;
  }

  /** One row: a prompt and what is written after it. */
  private static final class Row {

    private final long[] ids;
    private final int prompt;
    private int length;
    private boolean over;

    Row(long[] prompt, int tokens, int context) {
      this.ids = Arrays.copyOf(prompt, Math.min(prompt.length + tokens, context));
      this.prompt = prompt.length;
      this.length = prompt.length;
      this.over = tokens < 1;
    }

    long at(int position) {
      return ids[Math.min(position, length - 1)];
    }

    long[] reply() {
      return Arrays.copyOfRange(ids, prompt, length);
    }
  }

  /**
   * The text after each of {@code prompts}, in their order: up to {@code tokens} tokens, up to the token that ends a text, and
   * as far as the context goes.
   *
   * @param sampler asked token by token, for all rows that are being answered
   */
  public static List<String> of(Llm model, List<String> prompts, int tokens, Sampler sampler) {
    return new Replies(model, tokens, sampler).all(prompts);
  }

  private List<String> all(List<String> prompts) {
    int context = model.spec().sizes().context();
    List<Row> rows = new ArrayList<>();
    for (String prompt : prompts) {
      long[] ids = tokenizer.encode(prompt);
      check(ids.length, context);
      rows.add(new Row(ids, tokens, context));
    }
    List<Row> byLength = rows.stream().sorted(Comparator.comparingInt(row -> row.prompt)).toList();
    try (Progress progress = Progress.of("answering", (rows.size() + TOGETHER - 1) / TOGETHER)) {
      for (int from = 0; from < rows.size(); from += TOGETHER) {
        write(byLength.subList(from, Math.min(rows.size(), from + TOGETHER)));
        progress.step();
      }
    }
    return rows.stream().map(row -> tokenizer.decode(row.reply())).toList();
  }

  private void check(int length, int context) {
    if (length == 0 || length >= context) {
      throw new IllegalArgumentException("a prompt has " + length + " tokens, but " + model.name() + " reads from 1 to " + (context - 1) + " before it answers");
    }
  }

  /** Writes the replies of {@code rows}, the shortest prompt first. */
  private void write(List<Row> rows) {
    int begin = rows.get(0).prompt;
    int last = rows.stream().mapToInt(row -> row.ids.length).max().orElseThrow();
    try (Session session = new Session(model)) {
      for (int at = begin; at < last && !rows.stream().allMatch(row -> row.over); at++) {
        Progress.check();
        float[][] logits = session.feed(columns(rows, at == begin ? 0 : at - 1, at));
        for (int i = 0; i < logits.length; i++) {
          choose(rows.get(i), logits[i], at);
        }
      }
    }
  }

  /** The token at {@code at}, where the row is not being read and has not ended. */
  private void choose(Row row, float[] logits, int at) {
    if (row.over || at < row.prompt) {
      return;
    }
    long token = sampler.choose(logits);
    row.over = end.equals(OptionalLong.of(token));
    if (!row.over) {
      row.ids[at] = token;
      row.length = at + 1;
      row.over = row.length == row.ids.length;
    }
  }

  /** Ids (B, to - from); a row that has ended repeats its last. */
  private static long[][] columns(List<Row> rows, int from, int to) {
    return rows.stream().map(row -> IntStream.range(from, to).mapToLong(row::at).toArray()).toArray(long[][]::new);
  }
}
