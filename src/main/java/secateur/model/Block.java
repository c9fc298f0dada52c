package secateur.model;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import secateur.spec.Fusion;
import secateur.spec.Heads;
import secateur.spec.Part;
import secateur.spec.Role;
import secateur.spec.Spec;
import secateur.spec.Wiring;
import secateur.tensor.Scope;

/** One block of a decoder: its norms by part, its linear layers by role, and their forward pass. Immutable. */
public final class Block {

  /** The norms as wide as the residual stream. */
  static final List<String> STREAM = List.of("norm1", "norm2");

  private final Spec spec;
  private final int index;
  private final Map<Role, Linear> layers;
  private final Map<String, Norm> norms;

  Block(Spec spec, int index, Map<Role, Linear> layers, Map<String, Norm> norms) {
    this.spec = spec;
    this.index = index;
    this.layers = Collections.unmodifiableMap(new EnumMap<>(layers));
    this.norms = norms;
  }

  /** Its place, from 0. */
  public int index() {
    return index;
  }

  /** The place that it had in the original, before any block was dropped. */
  public int number() {
    return spec.remains().number(index);
  }

  /** The numbers that its groups of {@code part} had in the original, ascending. */
  public int[] numbers(Part part) {
    return spec.remains().groups(index, part).orElseGet(() -> IntStream.range(0, Groups.of(this, part).count()).toArray());
  }

  /** The numbers that the channels of its residual stream had in the original, ascending. */
  public int[] channels() {
    return spec.remains().channels().orElseGet(() -> IntStream.range(0, spec.sizes().hidden()).toArray());
  }

  /** The roles of its layers, in the order of the forward pass. */
  public Set<Role> roles() {
    return layers.keySet();
  }

  /** The layer that does {@code role}. */
  public Linear layer(Role role) {
    return layers.get(role);
  }

  /** The name of the layer that does {@code role}, such as {@code "0.q"}. */
  public String name(Role role) {
    return index + "." + role.label();
  }

  /** Its roles in groups that share one input, in the order of the forward pass; a {@link Tap} is told the first. */
  public List<List<Role>> inputs() {
    List<List<Role>> groups = new ArrayList<>();
    for (List<Role> group : List.of(List.of(Role.Q, Role.K, Role.V), List.of(Role.QKV), List.of(Role.O),
        List.of(Role.GATE, Role.UP), List.of(Role.DOWN))) {
      List<Role> present = group.stream().filter(layers::containsKey).toList();
      if (!present.isEmpty()) {
        groups.add(present);
      }
    }
    return groups;
  }

  /** Its attention heads, as its layers' shapes have them. */
  public Heads heads() {
    int queries = (int) (layer(Role.O).columns() / spec.heads().size());
    return new Heads(queries, sharesKeys() ? 1 : queries / spec.heads().group(), spec.heads().size());
  }

  /** Whether all queries share one key-value head (Shazeer, arXiv 1911.02150). */
  boolean sharesKeys() {
    return spec.heads().keyValues() == 1;
  }

  Fusion fusion() {
    return spec.fusion();
  }

  /** This block of an architecture that has lost some of it: without the groups of {@code part} that are not in {@code kept}. */
  Block keep(Spec less, Part part, int[] kept) {
    Map<Role, Linear> all = new EnumMap<>(layers);
    for (Groups.Member member : Groups.of(this, part).members()) {
      Linear layer = layer(member.role());
      NDArray left = Groups.left(member, member.outputs() ? layer.rows() : layer.columns(), kept);
      all.put(member.role(), member.outputs() ? layer.keep(left, null) : layer.keep(null, left));
    }
    return new Block(less, index, all, norms);
  }

  /** This block of an architecture whose residual stream has lost all channels but {@code places}. */
  Block keepChannels(Spec less, NDArray places) {
    Map<Role, Linear> newLayers = new EnumMap<>(Role.class);
    layers.forEach((role, layer) ->
        newLayers.put(role, Groups.writes(role) ? layer.keep(places, null) : layer.keep(null, places)));
    Map<String, Norm> newNorms = new HashMap<>(norms);
    newNorms.replaceAll((part, norm) -> STREAM.contains(part) ? norm.keep(places) : norm);
    return new Block(less, index, newLayers, newNorms);
  }

  /** The same block at place {@code at} of {@code other}. */
  Block in(Spec other, int at) {
    return new Block(other, at, layers, norms);
  }

  /** This block with other layers for the roles in {@code changed}. */
  public Block with(Map<Role, Linear> changed) {
    Map<Role, Linear> all = new EnumMap<>(layers);
    all.putAll(changed);
    return new Block(spec, index, all, norms);
  }

  /** This block with another norm named {@code part}. */
  Block with(String part, Norm norm) {
    Map<String, Norm> changed = new HashMap<>(norms);
    changed.put(part, norm);
    return new Block(spec, index, layers, changed);
  }

  /** This block with every part changed. */
  Block map(Change change) {
    Map<Role, Linear> newLayers = new EnumMap<>(Role.class);
    layers.forEach((role, layer) -> newLayers.put(role, change.layer(name(role), layer)));
    Map<String, Norm> newNorms = new HashMap<>();
    norms.forEach((part, norm) -> newNorms.put(part, norm.map(change)));
    return new Block(spec, index, newLayers, newNorms);
  }

  /** The residual stream after this block, for {@code x} (B, T, hidden) before it; lives in the caller's scope. */
  public NDArray forward(NDArray x, Pass pass, Tap tap) {
    return Scope.run(() -> wired(x, new Attention(this, spec), new Mlp(this, spec.activation()), pass, tap));
  }

  /** What its attention makes of the residual stream {@code x} (B, T, hidden) before the block, its norm included. */
  public NDArray attended(NDArray x, Pass pass) {
    return Scope.run(() -> new Attention(this, spec)
        .forward(spec.wiring() == Wiring.POST ? x : normalized("norm1", x), pass, Tap.NONE));
  }

  /** The scores of its attention before any mask and softmax, (B, H, T, T) float32, for the residual stream {@code x} before the block. */
  public NDArray scores(NDArray x, Pass pass) {
    return Scope.run(() -> new Attention(this, spec).scores(spec.wiring() == Wiring.POST ? x : normalized("norm1", x), pass));
  }

  /** Where a scale for each feature can move between its layers. */
  public List<Feed> feeds() {
    return Feed.of(this, spec.wiring(), spec.activation());
  }

  private NDArray wired(NDArray x, Attention attention, Mlp mlp, Pass pass, Tap tap) {
    return switch (spec.wiring()) {
      case PRE -> {
        NDArray h = x.add(attention.forward(normalized("norm1", x), pass, tap));
        yield h.add(mlp.forward(normalized("norm2", h), tap));
      }
      case POST -> {
        NDArray h = normalized("norm1", x.add(attention.forward(x, pass, tap)));
        yield normalized("norm2", h.add(mlp.forward(h, tap)));
      }
      case PARALLEL -> {
        NDArray first = normalized("norm1", x);
        NDArray second = norms.containsKey("norm2") ? normalized("norm2", x) : first;
        yield x.add(attention.forward(first, pass, tap)).add(mlp.forward(second, tap));
      }
    };
  }

  /** {@code x} through the norm named {@code part}, or as it is where the block has none. */
  NDArray normalized(String part, NDArray x) {
    Norm norm = norms.get(part);
    return norm == null ? x : norm.apply(x);
  }

  Map<String, Norm> norms() {
    return norms;
  }

  /** Every array it holds. */
  public List<NDArray> arrays() {
    List<NDArray> arrays = new ArrayList<>();
    layers.values().forEach(layer -> arrays.addAll(layer.arrays()));
    norms.values().forEach(norm -> arrays.addAll(norm.arrays()));
    return arrays;
  }
}
