package secateur.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import secateur.tensor.Scope;

/** A model reading one text, or several of one length, from left to right; keys and values of what it has read are kept until it is closed. */
public final class Session implements AutoCloseable {

  private final Llm model;
  private final Cache cache;
  private final Optional<OneToken> oneToken;
  private int seen;

  /** Nothing has been read yet. */
  public Session(Llm model) {
    this.model = model;
    this.cache = new Cache(model.spec().cache());
    this.oneToken = model.there(() -> OneToken.of(model));
  }

  /** Reads {@code ids} and returns the logits (V) after the last of them. */
  public float[] feed(long... ids) {
    return feed(new long[][] {ids})[0];
  }

  /** Reads {@code ids} (B, T), as many texts each time, and returns the logits (B, V) after the last of each. */
  public float[][] feed(long[][] ids) {
    model.checkLength(seen + ids[0].length);
    return model.there(() -> fed(ids));
  }

  private float[][] fed(long[][] ids) {
    int count = ids[0].length;
    try (Scope scope = new Scope()) {
      Pass pass = new Pass(model.spec(), seen, count, cache);
      NDArray x = through(model.ends().embed(model.ids(ids), model.spec(), seen), pass);
      NDArray logits = model.ends().logits(x.get(":, -1:")).toType(DataType.FLOAT32, false);
      seen += count;
      return rows(logits.toFloatArray(), ids.length);
    }
  }

  private NDArray through(NDArray embedded, Pass pass) {
    if (oneToken.isPresent() && oneToken.get().takes(pass)) {
      return oneToken.get().forward(embedded, pass, cache);
    }
    NDArray x = embedded;
    for (Block block : model.blocks()) {
      x = block.forward(x, pass, Tap.NONE);
    }
    return x;
  }

  private static float[][] rows(float[] flat, int count) {
    int width = flat.length / count;
    return IntStream.range(0, count).mapToObj(row -> Arrays.copyOfRange(flat, row * width, (row + 1) * width)).toArray(float[][]::new);
  }

  /** Bytes of the keys and values that are kept. */
  public long bytes() {
    return cache.bytes();
  }

  @Override
  public void close() {
    cache.close();
  }
}
