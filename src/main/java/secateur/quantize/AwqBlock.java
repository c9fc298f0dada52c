package secateur.quantize;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import secateur.calibrate.InputMoments;
import secateur.method.Grid;
import secateur.method.Inputs;
import secateur.model.Block;
import secateur.model.Feed;
import secateur.model.Linear;
import secateur.spec.Role;
import secateur.tensor.Progress;
import secateur.tensor.Scope;

/**
 * AWQ on one block. The squared error of a linear layer's outputs is tr(E H E') / 2 for its error E of the weights and the mean
 * products H of its inputs, so only attention runs again for each candidate.
 *
 * @param seen of the inputs of the block as it came, by the first role that reads them
 */
record AwqBlock(Grid grid, Inputs inputs, Map<Role, InputMoments> seen) {

  private static final int STEPS = 20;
  private static final double LEAST = 1e-4; // the authors' clamp of s before it is normalized

  /** The chosen a of a feed, its s (in), and the error that it leaves. */
  record Choice(int exponent, NDArray scales, double error) {}

  Block compress(Block block) {
    Block scaled = block;
    Map<Role, NDArray> scales = new HashMap<>();
    for (Feed feed : block.feeds()) {
      Choice choice = choose(scaled, feed);
      scaled = feed.scale(scaled, choice.scales());
      feed.readers().forEach(role -> scales.put(role, choice.scales()));
    }
    Map<Role, Linear> rounded = new EnumMap<>(Role.class);
    for (List<Role> group : block.inputs()) {
      NDArray s = scales.get(group.get(0));
      NDArray products = seen.get(group.get(0)).products();
      NDArray h = s == null ? products : products.div(s).div(s.expandDims(1));
      for (Role role : group) {
        Linear layer = scaled.layer(role);
        rounded.put(role, grid.round(layer, clips(role) ? clipped(layer, h) : layer.weight()));
      }
    }
    return scaled.with(rounded);
  }

  /** As the authors' code: queries and keys are not clipped. */
  private static boolean clips(Role role) {
    return role != Role.Q && role != Role.K && role != Role.QKV;
  }

  /** The s of {@code feed} among |x|^0, |x|^(1/20), …, |x|^(19/20) with the least error. */
  Choice choose(Block block, Feed feed) {
    NDArray magnitude = moments(block, feed).magnitude();
    List<NDArray> attended = attended(block, feed);
    Choice best = null;
    for (int i = 0; i < STEPS; i++) {
      Progress.check();
      NDArray s = magnitude.pow((double) i / STEPS).maximum(LEAST);
      NDArray scales = s.div(s.max().mul(s.min()).sqrt());
      double error = error(block, feed, scales, attended);
      best = best == null || error < best.error() ? new Choice(i, scales, error) : best;
    }
    return best;
  }

  /** The squared error of what {@code feed} reaches: attention as a whole, and other layers' outputs; a mean over tokens. */
  double error(Block block, Feed feed, NDArray scales) {
    return error(block, feed, scales, attended(block, feed));
  }

  /** What attention gives before any rounding, for each batch, where {@code feed} reaches it. */
  private List<NDArray> attended(Block block, Feed feed) {
    boolean reached = feed.readers().stream().anyMatch(AwqBlock::inside);
    return reached ? inputs.batches().stream().map(x -> block.attended(x, inputs.pass())).toList() : List.of();
  }

  /** Whether a layer's outputs go through attention. */
  private static boolean inside(Role role) {
    return role.attention() && role != Role.O;
  }

  private double error(Block block, Feed feed, NDArray scales, List<NDArray> attended) {
    try (Scope scope = new Scope()) {
      Map<Role, Linear> rounded = new EnumMap<>(Role.class);
      double error = 0;
      for (Role role : feed.readers()) {
        Linear layer = block.layer(role);
        NDArray weight = grid.rounded(layer, layer.weight().mul(scales)).div(scales);
        if (inside(role)) {
          rounded.put(role, layer.withWeight(weight));
        } else {
          NDArray e = weight.sub(layer.weight());
          error += e.matMul(moments(block, feed).products()).mul(e).sum().getFloat() / 2;
        }
      }
      return rounded.isEmpty() ? error : error + attentionError(attended, block.with(rounded));
    }
  }

  private double attentionError(List<NDArray> attended, Block other) {
    double sum = 0;
    long tokens = 0;
    for (int batch = 0; batch < attended.size(); batch++) {
      try (Scope scope = new Scope()) {
        NDArray x = inputs.batches().get(batch);
        NDArray e = other.attended(x, inputs.pass()).sub(attended.get(batch));
        sum += e.toType(DataType.FLOAT32, false).square().sum().getFloat();
        tokens += x.getShape().get(0) * x.getShape().get(1);
      }
    }
    return sum / tokens;
  }

  private InputMoments moments(Block block, Feed feed) {
    return block.inputs().stream().map(group -> group.get(0)).filter(feed.readers()::contains)
        .findFirst().map(seen::get).orElseThrow();
  }

  /** W with each group within the bound, from its peak down to just above half of it, that leaves the least error. */
  NDArray clipped(Linear layer, NDArray h) {
    return Scope.run(() -> {
      NDArray w = layer.weight();
      int groups = grid.groups(w.getShape().get(1));
      NDArray grouped = w.reshape(w.getShape().get(0), groups, -1);
      NDArray peak = grouped.abs().max(new int[] {2}, true);
      NDArray blocks = diagonal(h, groups);
      NDArray best = w;
      NDArray least = null;
      for (int i = 0; i < STEPS / 2; i++) {
        NDArray bound = peak.mul(1 - (double) i / STEPS);
        NDArray candidate = grouped.minimum(bound).maximum(bound.neg()).reshape(w.getShape());
        NDArray e = grid.rounded(layer, candidate).sub(w).reshape(grouped.getShape()).transpose(1, 0, 2);
        NDArray error = e.matMul(blocks).mul(e).sum(new int[] {2}).transpose(); // (G, R, g) (G, g, g) to (R, G)
        if (least != null) {
          NDArray better = error.lt(least).expandDims(2).broadcast(grouped.getShape()).reshape(w.getShape());
          best = NDArrays.where(better, candidate, best);
        }
        least = least == null ? error : error.minimum(least);
      }
      return best;
    });
  }

  /** The blocks (G, g, g) on the diagonal of {@code h}. */
  private static NDArray diagonal(NDArray h, int groups) {
    long size = h.getShape().get(0) / groups;
    return NDArrays.stack(new NDList(IntStream.range(0, groups).mapToObj(g -> {
      String run = g * size + ":" + (g + 1) * size;
      return h.get(new NDIndex(run + ", " + run));
    }).toList()));
  }
}
