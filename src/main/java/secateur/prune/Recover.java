package secateur.prune;

import secateur.method.ByTraining;
import secateur.method.Tuned;
import secateur.method.Tuning;
import secateur.model.Linear;
import secateur.model.Llm;
import secateur.model.Rounded;
import secateur.text.Windows;
import secateur.train.Adapter;
import secateur.train.Adapters;
import secateur.train.FullTraining;
import secateur.train.Lora;
import secateur.train.Trainer;

/**
 * Training that brings back what pruning lost, as LLM-Pruner does (Ma et al., arXiv 2305.11627, section 3.3): LoRA of rank
 * 8, alpha 16, dropout 0.05 at a rate of 1e-4, merged at the end. What was removed stays removed.
 *
 * @param adapter what is trained
 * @param tuning how
 * @param merged whether the adapter goes into the weights at the end
 */
public record Recover(Adapter adapter, Tuning tuning, boolean merged) implements Tuned<Recover>, ByTraining<long[][]> {

  private static final Lora USUAL = new Lora(8);
  private static final double RATE = 1e-4;

  /** Merged at the end. */
  public Recover(Adapter adapter, Tuning tuning) {
    this(adapter, tuning, true);
  }

  /** {@code steps} of 8 windows. */
  public Recover(int steps) {
    this(USUAL, Tuning.of(steps, RATE, 1));
  }

  @Override
  public Recover tuning(Tuning other) {
    return new Recover(adapter, other, merged);
  }

  /** With another adapter. */
  public Recover lora(Lora other) {
    return new Recover(other, tuning, merged);
  }

  /** All weights that are left are trained. */
  public Recover full() {
    return new Recover(new FullTraining(), tuning, merged);
  }

  /** The adapter stays beside the layers, where {@link Adapters#save} finds it; they may be quantized then. */
  public Recover unmerged() {
    return new Recover(adapter, tuning, false);
  }

  @Override
  public void check(Llm model) {
    ByTraining.super.check(model);
    if (merged) {
      model.layers().forEach(Recover::checkExact);
    }
  }

  private static void checkExact(String name, Linear layer) {
    if (layer instanceof Rounded) {
      throw new IllegalArgumentException("layer '" + name + "' is " + layer + ", whose rounded weights a merge would round again;"
          + " recover before quantizing, or keep the adapter beside them with unmerged()");
    }
  }

  @Override
  public Trainer<long[][]> trainer(Llm model, Windows text) {
    return tuning.trainer(model, text);
  }

  @Override
  public Llm finish(Llm trained) {
    return merged ? Adapters.merge(trained) : ByTraining.super.finish(trained);
  }

  @Override
  public String toString() {
    String what = adapter.equals(USUAL) ? "LoRA" : adapter instanceof FullTraining ? "full" : adapter.toString();
    return what + " recovery " + tuning + (merged ? "" : " unmerged");
  }
}
