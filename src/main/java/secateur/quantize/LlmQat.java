package secateur.quantize;

import secateur.method.ByTraining;
import secateur.method.Grid;
import secateur.method.Tuned;
import secateur.method.Tuning;
import secateur.model.Llm;
import secateur.text.Windows;
import secateur.train.Adapter;
import secateur.train.Data;
import secateur.train.SoftLabels;
import secateur.train.Trainer;

/**
 * Training with fake quantization and without data (Liu et al., LLM-QAT, arXiv 2305.17888): on text that the model writes
 * itself, towards the logits that it gives before it is rounded. Weights are rounded symmetrically for each output, inputs of
 * the blocks' layers symmetrically for each token, keys and values as {@link KvCache} does (there for each head, not
 * symmetrically), all between their extremes at the time, with straight-through gradients. After {@link #on} it trains on that
 * text instead of its own.
 *
 * @param grid of the weights
 * @param activations bits of inputs: 2 to 8, or 16 for not rounded
 * @param cache bits of keys and values: 4, 8, or 16 for as the model has them
 * @param sequences how many it writes
 * @param length tokens of each
 * @param tuning how it trains
 */
public record LlmQat(Grid grid, int activations, int cache, int sequences, int length, Tuning tuning) implements Tuned<LlmQat>, ByTraining<long[][]> {

  private static final double RATE = 2e-5; // the authors'
  private static final int SEQUENCES = 256;
  private static final int LENGTH = 128;
  private static final int NOT = 16;
  private static final int SHORTEST = 8;

  /** Refuses other numbers of bits, and sequences too short to be drawn. */
  public LlmQat {
    if (activations != NOT && (activations < 2 || activations > 8)) {
      throw new IllegalArgumentException("activations of " + activations + " bits, allowed are 2 to 8, and 16 for not rounded");
    }
    if (cache != NOT) {
      new KvCache(cache);
    }
    if (sequences < 1 || length < SHORTEST) {
      throw new IllegalArgumentException(sequences + " sequences of " + length + " tokens, needed are 1 or more of " + SHORTEST + " or more");
    }
  }

  /** Bits of weights, activations and cache, {@code steps} of 8 out of 256 sequences of 128 tokens. */
  public LlmQat(int weights, int activations, int cache, int steps) {
    this(new Grid(weights).symmetric(), activations, cache, SEQUENCES, LENGTH, Tuning.of(steps, RATE, 1));
  }

  /** One grid of the weights for each {@code inputs} inputs of a row. */
  public LlmQat group(int inputs) {
    return new LlmQat(grid.group(inputs), activations, cache, sequences, length, tuning);
  }

  /** On {@code count} sequences of {@code tokens} tokens. */
  public LlmQat writing(int count, int tokens) {
    return new LlmQat(grid, activations, cache, count, tokens, tuning);
  }

  @Override
  public LlmQat tuning(Tuning other) {
    return new LlmQat(grid, activations, cache, sequences, length, other);
  }

  @Override
  public Adapter adapter() {
    FakeQuantization weights = new FakeQuantization(grid);
    return activations == NOT ? weights : new RoundedInputs(weights, activations);
  }

  @Override
  public void check(Llm model) {
    int context = model.spec().sizes().context();
    if (tuning.windows().isEmpty() && length > context) {
      throw new IllegalArgumentException("sequences of " + length + " tokens, but the context of " + model.name() + " has " + context);
    }
    if (cache != NOT) {
      new KvCache(cache).check(model);
    }
    ByTraining.super.check(model);
  }

  @Override
  public Trainer<long[][]> trainer(Llm model, Windows text) {
    Data<long[][]> data = tuning.windows().map(given -> tuning.batches(model, given))
        .orElseGet(() -> new OwnText(model, sequences, length, tuning.rows()));
    return tuning.trainer(new SoftLabels(model, 1), data);
  }

  @Override
  public Llm apply(Llm model, Windows text) {
    check(model);
    try (Llm rounded = cache == NOT ? model.share() : new KvCache(cache).apply(model, text)) {
      return trainer(model, text).train(rounded, adapter()).model();
    }
  }

  @Override
  public String toString() {
    return "LLM-QAT " + grid.bits() + "-" + activations + "-" + cache + (grid.size() == 0 ? "" : " g" + grid.size()) + " " + tuning;
  }
}
