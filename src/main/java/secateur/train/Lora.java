package secateur.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import secateur.model.Adapted;
import secateur.model.AdaptedUnderMask;
import secateur.model.Frozen;
import secateur.model.Linear;
import secateur.model.Llm;
import secateur.spec.Role;
import secateur.tensor.Devices;
import secateur.tensor.Gradients;
import secateur.tensor.Scope;

/**
 * Low-rank adaptation (Hu et al., arXiv 2106.09685): y = W x + s B A x with s = alpha / r, of which A and B are trained.
 * A begins uniform within ±1/sqrt(in) and B zero, as in PEFT. Where a layer has holes, what was removed stays removed.
 * An adapter that a layer has already is trained on, with the rank and scale that it has.
 *
 * @param rank r
 * @param scale s
 * @param dropped share of x that A does not see in a training step
 * @param chosen roles of the layers that are adapted; none chosen are all
 * @param seed of A and of dropout
 */
public record Lora(int rank, double scale, double dropped, Set<Role> chosen, long seed) implements Adapter {

  private static final double ALPHA = 16;
  private static final double DROPPED = 0.05;

  /** Refuses what cannot be meant. */
  public Lora {
    if (rank < 1) {
      throw new IllegalArgumentException("the rank is " + rank + ", allowed are 1 or more");
    }
    if (!(scale > 0 && Double.isFinite(scale))) {
      throw new IllegalArgumentException("alpha is " + scale * rank + ", allowed is above 0");
    }
    if (!(dropped >= 0 && dropped < 1)) {
      throw new IllegalArgumentException("dropout is " + dropped + ", allowed is from 0 to below 1");
    }
    chosen = Set.copyOf(chosen);
  }

  /** As LLM-Pruner recovers (Ma et al., arXiv 2305.11627): alpha 16, dropout 0.05, all linear layers of the blocks. */
  public Lora(int rank) {
    this(rank, ALPHA / Math.max(1, rank), DROPPED, Set.of(), 0);
  }

  /** With s = {@code value} / r. */
  public Lora alpha(double value) {
    return new Lora(rank, value / rank, dropped, chosen, seed);
  }

  /** With {@code share} of each input dropped before A in training. */
  public Lora dropout(double share) {
    return new Lora(rank, scale, share, chosen, seed);
  }

  /** For the layers of these roles alone. */
  public Lora roles(Role... roles) {
    return new Lora(rank, scale, dropped, Set.of(roles), seed);
  }

  /** With other beginnings and dropout. */
  public Lora seeded(long other) {
    return new Lora(rank, scale, dropped, chosen, other);
  }

  @Override
  public Linear open(String name, Linear layer, Opening opening) {
    Frozen base = new Frozen(layer);
    if (!adapts(name)) {
      return base;
    }
    if (layer instanceof AdaptedUnderMask masked) {
      return new AdaptedUnderMask(further(name, masked.adapted(), opening));
    }
    if (layer instanceof Adapted adapted) {
      return further(name, adapted, opening);
    }
    NDManager manager = Devices.manager();
    NDArray a = Scope.run(() -> Gradients.trainable(manager.create(beginning(name, layer.columns()), new Shape(rank, layer.columns()))));
    NDArray b = Scope.run(() -> Gradients.trainable(manager.zeros(new Shape(layer.rows(), rank))));
    Adapted adapted = new Adapted(base, a, b, scale, opening.dropout(name, dropped, seed));
    return Holes.in(layer) ? new AdaptedUnderMask(adapted) : adapted;
  }

  private Adapted further(String name, Adapted adapted, Opening opening) {
    return new Adapted(new Frozen(adapted.base()), opening.own(adapted.a()), opening.own(adapted.b()), adapted.scale(),
        opening.dropout(name, dropped, seed));
  }

  @Override
  public Linear close(Linear base, Linear trained, UnaryOperator<NDArray> settle) {
    if (trained instanceof AdaptedUnderMask masked) {
      return new AdaptedUnderMask(settled(base, masked.adapted()));
    }
    return trained instanceof Adapted adapted ? settled(base, adapted) : base;
  }

  private static Adapted settled(Linear before, Adapted adapted) {
    Linear base = before instanceof AdaptedUnderMask masked ? masked.base() : before instanceof Adapted other ? other.base() : before;
    return new Adapted(base, Gradients.settled(adapted.a(), DataType.FLOAT32), Gradients.settled(adapted.b(), DataType.FLOAT32),
        adapted.scale());
  }

  @Override
  public boolean others() {
    return false;
  }

  @Override
  public long parameters(Llm model) {
    Set<Role> there = model.spec().names().roles();
    if (!there.containsAll(chosen)) {
      throw new IllegalArgumentException("LoRA of " + labels(chosen) + ", but the layers of " + model.name() + " are " + labels(there));
    }
    return model.layers().entrySet().stream().filter(layer -> adapts(layer.getKey()))
        .mapToLong(layer -> rank * (layer.getValue().rows() + layer.getValue().columns())).sum();
  }

  /** Whether the layer {@code name} has one of the chosen roles; head and projections beside the blocks have none. */
  private boolean adapts(String name) {
    Set<Role> roles = chosen.isEmpty() ? EnumSet.allOf(Role.class) : chosen;
    return roles.stream().anyMatch(role -> name.endsWith("." + role.label()));
  }

  /** Uniform within ±1/sqrt(in): Kaiming's with a = sqrt(5). */
  private float[] beginning(String name, long columns) {
    SplittableRandom random = new SplittableRandom(31 * seed + name.hashCode());
    float bound = (float) (1 / Math.sqrt(columns));
    float[] a = new float[Math.toIntExact(rank * columns)];
    for (int i = 0; i < a.length; i++) {
      a[i] = bound * (float) (2 * random.nextDouble() - 1);
    }
    return a;
  }

  private static String labels(Set<Role> roles) {
    return roles.stream().sorted().map(Role::label).collect(Collectors.joining(", "));
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "LoRA r%d alpha %s%s%s%s", rank, number(scale * rank), dropped == 0 ? "" : " dropout " + number(dropped),
        chosen.isEmpty() ? "" : " of " + labels(chosen), seed == 0 ? "" : " seed " + seed);
  }

  private static String number(double value) {
    return BigDecimal.valueOf(value).round(new MathContext(4)).stripTrailingZeros().toPlainString();
  }
}
