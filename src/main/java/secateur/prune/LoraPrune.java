package secateur.prune;

import secateur.method.Cost;
import secateur.method.Method;
import secateur.method.Protection;
import secateur.method.Width;
import secateur.model.Cut;
import secateur.model.Linear;
import secateur.model.Llm;
import secateur.text.Windows;
import secateur.train.Adapters;
import secateur.train.Demand;
import secateur.train.Lora;

/**
 * LoRAPrune (Zhang et al., arXiv 2305.18403): trains LoRA and removes coupled groups, heads and neurons, meanwhile, those that
 * matter least by the gradients of LoRA's matrices; a moving average ranks them, and the share that is gone grows along a
 * cubic. What is left is merged and cut. The first tenth of the blocks and the last of 32 stay as they are.
 *
 * @param width how many go, and which compete
 * @param recovery how LoRA is trained
 */
public record LoraPrune(Width width, Recover recovery) implements Method {

  private static final Protection AUTHORS = new Protection.Shares(1 / 10.0, 1 / 32.0);
  private static final int STEPS = 300;

  /** Refuses a training without LoRA. */
  public LoraPrune {
    if (!(recovery.adapter() instanceof Lora)) {
      throw new IllegalArgumentException("LoRAPrune ranks by the gradients of LoRA, so " + recovery + " cannot be its training");
    }
  }

  /** Removes {@code share} of the heads and neurons of each block in 300 steps. */
  public LoraPrune(double share) {
    this(share, STEPS);
  }

  /** Removes {@code share} of the heads and neurons of each block in {@code steps} steps. */
  public LoraPrune(double share, int steps) {
    this(new Width(share).protect(AUTHORS), new Recover(steps));
  }

  /** Trained as {@code other} says. */
  public LoraPrune training(Recover other) {
    return new LoraPrune(width, other);
  }

  /** All groups compete, by importance for each weight. */
  public LoraPrune global() {
    return new LoraPrune(width.global(), recovery);
  }

  /** The {@code first} and the {@code last} blocks stay as they are. */
  public LoraPrune protect(int first, int last) {
    return new LoraPrune(width.protect(new Protection.Blocks(first, last)), recovery);
  }

  @Override
  public void check(Llm model) {
    width.protection().check(model.blocks().size());
    recovery.check(model);
  }

  @Override
  public Cost cost(Llm model, Windows text) {
    long largest = model.layers().values().stream().mapToLong(Linear::size).max().orElse(0);
    Demand demand = recovery.trainer(model, text).demand(model, recovery.adapter());
    return new Cost(demand.bytes() + 3 * Float.BYTES * largest, demand.flops()).then(Cost.weights(model));
  }

  @Override
  public Llm apply(Llm model, Windows text) {
    check(model);
    LoraPruning pruning = new LoraPruning((Lora) recovery.adapter(), width, recovery.tuning().recipe().schedule().steps());
    try (Llm trained = recovery.trainer(model, text).train(model, pruning).model(); Llm merged = Adapters.merge(trained)) {
      return Cut.groups(merged, pruning.kept());
    }
  }

  @Override
  public String toString() {
    return "LoRAPrune " + width + " " + recovery.tuning();
  }
}
