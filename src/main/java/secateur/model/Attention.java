package secateur.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import secateur.spec.Fusion;
import secateur.spec.Heads;
import secateur.spec.Role;
import secateur.spec.Spec;
import secateur.tensor.Nn;

/** The attention of one block; head counts follow from the layers' shapes. */
final class Attention {

  /** Queries (B, H, T, D), keys and values (B, K, T, D). */
  private record Projected(NDArray q, NDArray k, NDArray v) {}

  private final Block block;
  private final Spec spec;

  Attention(Block block, Spec spec) {
    this.block = block;
    this.spec = spec;
  }

  /** x (B, T, hidden), already normalized; the result is what is added to the residual stream. */
  NDArray forward(NDArray x, Pass pass, Tap tap) {
    tap.see(block.name(spec.fusion() == Fusion.NONE ? Role.Q : Role.QKV), x);
    Projected p = positioned(spec.fusion() == Fusion.NONE ? separate(x) : fused(x), pass);
    Cache.KeyValues all = pass.cache() == null ? seen(p) : pass.cache().append(block.index(), p.k(), p.v());
    NDArray out = attend(p.q(), all.keys(), all.values(), pass);
    tap.see(block.name(Role.O), out);
    return block.layer(Role.O).forward(out);
  }

  /** Scores (B, H, T, T) before any mask and softmax, for x (B, T, hidden), already normalized. */
  NDArray scores(NDArray x, Pass pass) {
    Projected p = positioned(spec.fusion() == Fusion.NONE ? separate(x) : fused(x), pass);
    return Nn.scores(p.q(), p.k());
  }

  /** Keys and values as a cache would give them back. */
  private Cache.KeyValues seen(Projected p) {
    return new Cache.KeyValues(Kept.seen(spec.cache(), p.k()), Kept.seen(spec.cache(), p.v()));
  }

  private NDArray attend(NDArray q, NDArray k, NDArray v, Pass pass) {
    NDArray mask = pass.mask(block.index());
    if (mask != null) {
      return Nn.attend(q, k, v, mask);
    }
    if (q.getShape().get(2) == k.getShape().get(2)) {
      return Nn.attend(q, k, v);
    }
    return Nn.attend(q, k, v, q.getManager().zeros(new Shape(1, k.getShape().get(2))));
  }

  private Projected positioned(Projected p, Pass pass) {
    NDArray q = block.normalized("qNorm", p.q());
    NDArray k = block.normalized("kNorm", p.k());
    if (pass.cos() == null) {
      return new Projected(q, k, p.v());
    }
    return new Projected(Nn.rotate(q, pass.cos(), pass.sin()), Nn.rotate(k, pass.cos(), pass.sin()), p.v());
  }

  private Projected separate(NDArray x) {
    return new Projected(heads(block.layer(Role.Q).forward(x)), heads(block.layer(Role.K).forward(x)),
        heads(block.layer(Role.V).forward(x)));
  }

  private Projected fused(NDArray x) {
    NDArray y = block.layer(Role.QKV).forward(x);
    if (spec.fusion() == Fusion.CONCATENATED) {
      NDList parts = y.split(3, 2);
      return new Projected(heads(parts.get(0)), heads(parts.get(1)), heads(parts.get(2)));
    }
    Heads heads = block.heads();
    int n = heads.group();
    Shape shape = y.getShape();
    long groups = heads.keyValues();
    NDArray g = y.reshape(shape.get(0), shape.get(1), groups, n + 2L, heads.size()); // (B, T, K, n + 2, D)
    NDArray q = g.get(new NDIndex(":, :, :, 0:" + n)).reshape(shape.get(0), shape.get(1), groups * n, heads.size());
    return new Projected(q.transpose(0, 2, 1, 3), part(g, n), part(g, n + 1));
  }

  /** (B, T, K, n + 2, D) to (B, K, T, D), taking member {@code i} of each group. */
  private static NDArray part(NDArray grouped, int i) {
    return grouped.get(new NDIndex(":, :, :, " + i)).transpose(0, 2, 1, 3);
  }

  /** (B, T, H D) to (B, H, T, D). */
  private NDArray heads(NDArray y) {
    Shape shape = y.getShape();
    return y.reshape(shape.get(0), shape.get(1), -1, spec.heads().size()).transpose(0, 2, 1, 3);
  }
}
