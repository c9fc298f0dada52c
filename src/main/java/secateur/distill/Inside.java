package secateur.distill;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;
import secateur.model.Block;
import secateur.model.Llm;
import secateur.model.Pass;
import secateur.model.Tap;

/**
 * What a model computes on its way.
 *
 * @param streams the residual stream (B, T, hidden) before the first block and after each
 * @param scores of each block's attention (B, H, T, T), or none
 * @param logits (B, T, V)
 */
record Inside(List<NDArray> streams, List<NDArray> scores, NDArray logits) {

  /** For {@code ids} (B, T), with {@code scores} or without. */
  static Inside of(Llm model, NDArray ids, boolean scores) {
    return model.there(() -> through(model, ids, scores));
  }

  private static Inside through(Llm model, NDArray ids, boolean scores) {
    Pass pass = model.pass((int) ids.getShape().get(1));
    List<NDArray> streams = new ArrayList<>(List.of(model.embed(ids)));
    List<NDArray> all = new ArrayList<>();
    for (Block block : model.blocks()) {
      NDArray x = streams.get(streams.size() - 1);
      if (scores) {
        all.add(block.scores(x, pass));
      }
      streams.add(block.forward(x, pass, Tap.NONE));
    }
    return new Inside(streams, all, model.head(streams.get(streams.size() - 1)));
  }

  /** The same on {@code device}. */
  Inside on(Device device) {
    return new Inside(moved(streams, device), moved(scores, device), logits.toDevice(device, false));
  }

  private static List<NDArray> moved(List<NDArray> arrays, Device device) {
    return arrays.stream().map(array -> array.toDevice(device, false)).toList();
  }
}
