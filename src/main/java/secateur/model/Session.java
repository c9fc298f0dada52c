package secateur.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import secateur.tensor.Scope;

/** A model reading one text from left to right; keys and values of what it has read are kept until it is closed. */
public final class Session implements AutoCloseable {

  private final Llm model;
  private final Cache cache = new Cache();
  private int seen;

  /** Nothing has been read yet. */
  public Session(Llm model) {
    this.model = model;
  }

  /** Reads {@code ids} and returns the logits (V) after the last of them. */
  public float[] feed(long... ids) {
    model.checkLength(seen + ids.length);
    try (Scope scope = new Scope()) {
      Pass pass = new Pass(model.spec(), seen, ids.length, cache);
      NDArray x = model.ends().embed(model.ids(new long[][] {ids}), model.spec(), seen);
      for (Block block : model.blocks()) {
        x = block.forward(x, pass, Tap.NONE);
      }
      NDArray logits = model.ends().logits(x.get(":, -1:"));
      seen += ids.length;
      return logits.toType(DataType.FLOAT32, false).toFloatArray();
    }
  }

  @Override
  public void close() {
    cache.close();
  }
}
