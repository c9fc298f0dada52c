package secateur.model;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import secateur.spec.Fusion;
import secateur.spec.Heads;
import secateur.spec.Part;
import secateur.spec.Role;
import secateur.tensor.Select;

/**
 * What can only be removed together (Fang et al., arXiv 2301.12900): the heads or the neurons of one block, or the channels
 * of the residual stream. Which outputs and inputs of which layers belong to a group follows from the layers' roles.
 *
 * @param count how many groups there are
 * @param members the layers that have a share in every group
 */
public record Groups(int count, List<Member> members) {

  /**
   * A layer's share in each group.
   *
   * @param layer its name, such as {@code "0.q"}
   * @param role what it does
   * @param outputs whether its outputs, the rows of its weight, belong to the groups, rather than its inputs
   * @param places of the outputs or inputs, a row for each group
   */
  public record Member(String layer, Role role, boolean outputs, long[][] places) {}

  /** The groups of {@code part} in {@code block}. */
  public static Groups of(Block block, Part part) {
    return part == Part.HEADS ? heads(block) : neurons(block);
  }

  /** The channels of the residual stream, with all layers of the blocks that read or write it. */
  public static Groups channels(Llm model) {
    int hidden = model.spec().sizes().hidden();
    List<Member> members = new ArrayList<>();
    for (Block block : model.blocks()) {
      for (Role role : block.roles()) {
        members.add(new Member(block.name(role), role, writes(role), runs(hidden, 1, 0)));
      }
    }
    return new Groups(hidden, members);
  }

  /** Whether a layer adds to the residual stream; all others read it. */
  static boolean writes(Role role) {
    return role == Role.O || role == Role.DOWN;
  }

  private static Groups neurons(Block block) {
    int inner = (int) block.layer(Role.DOWN).columns();
    List<Member> members = Stream.of(Role.GATE, Role.UP, Role.DOWN).filter(block.roles()::contains)
        .map(role -> new Member(block.name(role), role, role != Role.DOWN, runs(inner, 1, 0))).toList();
    return new Groups(inner, members);
  }

  private static Groups heads(Block block) {
    Heads heads = block.heads();
    int count = block.sharesKeys() ? heads.queries() : heads.keyValues();
    int queries = heads.queries() / count * heads.size();
    List<Member> members = new ArrayList<>();
    for (Role role : List.of(Role.Q, Role.K, Role.V, Role.QKV)) {
      if (block.roles().contains(role) && !(block.sharesKeys() && (role == Role.K || role == Role.V))) {
        members.add(new Member(block.name(role), role, true, inputs(block, role, count, queries)));
      }
    }
    members.add(new Member(block.name(Role.O), Role.O, false, runs(count, queries, 0)));
    return new Groups(count, members);
  }

  /** The rows of a head in the layers that read the residual stream. */
  private static long[][] inputs(Block block, Role role, int count, int queries) {
    int size = block.heads().size();
    if (role != Role.QKV) {
      return runs(count, role == Role.Q ? queries : size, 0);
    }
    if (block.fusion() == Fusion.CONCATENATED) {
      long all = (long) count * size;
      return joined(runs(count, size, 0), joined(runs(count, size, all), runs(count, size, 2 * all)));
    }
    return runs(count, block.sharesKeys() ? queries : queries + 2 * size, 0);
  }

  /** {@code width} places for each of {@code count} groups, side by side, from {@code first} on. */
  private static long[][] runs(int count, int width, long first) {
    return IntStream.range(0, count)
        .mapToObj(g -> LongStream.range(first + (long) g * width, first + (g + 1L) * width).toArray()).toArray(long[][]::new);
  }

  private static long[][] joined(long[][] left, long[][] right) {
    return IntStream.range(0, left.length)
        .mapToObj(g -> LongStream.concat(Arrays.stream(left[g]), Arrays.stream(right[g])).toArray()).toArray(long[][]::new);
  }

  /** For each group, the sum over its places in all members; null stands for a member that does not count. */
  public NDArray sum(Function<Member, NDArray> units) {
    NDArray sum = null;
    for (Member member : members) {
      NDArray unit = units.apply(member);
      if (unit != null) {
        NDArray more = Select.sums(unit, Select.places(member.places()));
        sum = sum == null ? more : sum.add(more);
      }
    }
    return sum;
  }

  /** How many weights one group has in the layers of {@code block}, biases not counted. */
  public long weights(Block block) {
    return members.stream().mapToLong(member -> member.places()[0].length
        * (member.outputs() ? block.layer(member.role()).columns() : block.layer(member.role()).rows())).sum();
  }

  /** The places of {@code member}, which has {@code size} of them, without those of the groups that are not in {@code kept}. */
  static NDArray left(Member member, long size, int[] kept) {
    boolean[] gone = new boolean[Math.toIntExact(size)];
    boolean[] stays = new boolean[member.places().length];
    Arrays.stream(kept).forEach(group -> stays[group] = true);
    for (int group = 0; group < stays.length; group++) {
      for (long place : stays[group] ? new long[0] : member.places()[group]) {
        gone[(int) place] = true;
      }
    }
    return Select.places(LongStream.range(0, size).filter(place -> !gone[(int) place]).toArray());
  }
}
