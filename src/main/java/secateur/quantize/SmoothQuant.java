package secateur.quantize;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import secateur.calibrate.InputPeak;
import secateur.calibrate.Observed;
import secateur.method.Cost;
import secateur.method.Method;
import secateur.model.Block;
import secateur.model.Feed;
import secateur.model.Linear;
import secateur.model.Llm;
import secateur.model.W8A8;
import secateur.spec.Role;
import secateur.tensor.Int8;
import secateur.tensor.Progress;
import secateur.tensor.Scope;
import secateur.text.Windows;

/**
 * Moves what is hard to round from activations to weights, s_j = max|X_j|^a / max|W_j|^(1 - a) for each input that a norm
 * writes, then rounds all layers to int8 by output and their inputs by token (Xiao et al., arXiv 2211.10438).
 *
 * @param strength a, from 0 (none of it moves) to 1
 */
public record SmoothQuant(double strength) implements Method {

  private static final double LEAST = 1e-5; // the authors' clamp of max|W_j| and of s_j

  public SmoothQuant {
    if (!(strength >= 0 && strength <= 1)) {
      throw new IllegalArgumentException("alpha is " + strength + ", it must lie between 0 and 1");
    }
  }

  /** As for OPT and BLOOM in the paper, a = 0.5. */
  public SmoothQuant() {
    this(0.5);
  }

  /** Another a. */
  public SmoothQuant alpha(double value) {
    return new SmoothQuant(value);
  }

  @Override
  public Cost cost(Llm model, Windows text) {
    return Cost.weights(model).with(Cost.weights(model)).with(Cost.forward(model, text));
  }

  @Override
  public Llm apply(Llm model, Windows text) {
    try (Progress progress = Progress.of(toString(), 1 + model.blocks().size()); Llm smooth = smoothed(model, text)) {
      progress.step();
      List<Block> blocks = new ArrayList<>();
      try (Scope scope = new Scope()) {
        for (Block block : smooth.blocks()) {
          Block rounded = rounded(block);
          rounded.roles().forEach(role -> scope.keep(rounded.layer(role).arrays()));
          blocks.add(rounded);
          progress.step();
        }
        return smooth.with(blocks);
      }
    }
  }

  private static Block rounded(Block block) {
    Map<Role, Linear> layers = new EnumMap<>(Role.class);
    block.roles().forEach(role -> layers.put(role, W8A8.of(block.layer(role))));
    return block.with(layers);
  }

  /** {@code model} with its function as it was and nothing rounded; the caller closes it. */
  public Llm smoothed(Llm model, Windows text) {
    try (Scope scope = new Scope(); Observed<InputPeak> seen = Observed.of(model, text, (block, role) -> new InputPeak())) {
      return model.with(model.blocks().stream().map(block -> smoothed(block, seen)).toList());
    }
  }

  private Block smoothed(Block block, Observed<InputPeak> seen) {
    Block smooth = block;
    for (Feed feed : block.feeds()) {
      if (feed.writer() instanceof Feed.OfNorm) {
        smooth = feed.scale(smooth, scales(seen.of(block.name(feed.readers().get(0))).peaks(), feed.readers().stream().map(block::layer).toList()));
      }
    }
    return smooth;
  }

  /** s (in) for inputs of magnitude {@code peaks} and the {@code layers} that read them. */
  NDArray scales(NDArray peaks, List<Linear> layers) {
    NDArray weights = layers.stream().map(layer -> Int8.peaks(layer.weight())).reduce(NDArray::maximum).orElseThrow();
    return peaks.pow(strength).div(weights.maximum(LEAST).pow(1 - strength)).maximum(LEAST);
  }

  @Override
  public String toString() {
    return "SmoothQuant " + strength;
  }
}
