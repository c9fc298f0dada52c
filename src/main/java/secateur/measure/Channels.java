package secateur.measure;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.util.Arrays;
import java.util.List;
import secateur.model.Linear;
import secateur.model.Llm;
import secateur.model.Tap;
import secateur.tensor.Int8;
import secateur.tensor.Progress;
import secateur.tensor.Scope;
import secateur.text.Windows;

/**
 * The inputs of a layer over all tokens of a text, and the weights that read them, by channel j.
 *
 * @param means mean |x_j|
 * @param peaks max |x_j|
 * @param weights max |W_j| over all layers that read the same input
 */
public record Channels(double[] means, double[] peaks, double[] weights) {

  private static final int BATCH = 8;

  /** The inputs of {@code layer}, such as {@code "0.q"}, as {@code model} gives them. */
  public static Channels of(Llm model, String layer, Windows text) {
    int width = (int) model.layer(layer).columns();
    List<String> readers = readers(model, layer);
    Channels channels = new Channels(new double[width], new double[width], new double[width]);
    long[][] ids = text.ids(model.tokenizerOrNull());
    Tap tap = (name, x) -> {
      if (name.equals(readers.get(0))) {
        channels.see(x, (long) ids.length * ids[0].length);
      }
    };
    try (Scope scope = new Scope()) {
      readers.forEach(name -> raise(channels.weights, Int8.peaks(model.layer(name).weight()).toFloatArray()));
    }
    for (int i = 0; i < ids.length; i += BATCH) {
      Progress.check();
      try (Scope scope = new Scope()) {
        model.forward(model.ids(Arrays.copyOfRange(ids, i, Math.min(ids.length, i + BATCH))), tap);
      }
    }
    return channels;
  }

  /** All layers that share the input of {@code layer}, in the order of the forward pass. */
  private static List<String> readers(Llm model, String layer) {
    return model.blocks().stream().flatMap(block -> block.inputs().stream().map(group -> group.stream().map(block::name).toList()))
        .filter(names -> names.contains(layer)).findFirst().orElseThrow();
  }

  /** Takes in {@code x} (…, in), some of {@code tokens} tokens. */
  private void see(NDArray x, long tokens) {
    raise(peaks, Int8.peaks(x).toFloatArray());
    float[] sums = Int8.flat(x).toType(DataType.FLOAT32, false).abs().sum(new int[] {0}).toFloatArray();
    Arrays.setAll(means, j -> means[j] + sums[j] / tokens);
  }

  private static void raise(double[] peaks, float[] others) {
    Arrays.setAll(peaks, j -> Math.max(peaks[j], others[j]));
  }

  /** What each column of {@code before} was multiplied by in {@code after}, by least squares: sum_i w'_ij w_ij / sum_i w_ij²; 1 where it is zero. */
  public static double[] scales(Linear before, Linear after) {
    if (before.rows() != after.rows() || before.columns() != after.columns()) {
      throw new IllegalArgumentException("a layer was " + before + " and is " + after + "; its columns can be compared only where none were cut");
    }
    try (Scope scope = new Scope()) {
      NDArray w = before.weight();
      float[] both = w.mul(after.weight()).sum(new int[] {0}).toFloatArray();
      float[] squares = w.square().sum(new int[] {0}).toFloatArray();
      double[] scales = new double[both.length];
      Arrays.setAll(scales, j -> squares[j] == 0 ? 1 : both[j] / squares[j]);
      return scales;
    }
  }
}
