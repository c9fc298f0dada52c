package secateur.model;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import secateur.spec.Part;
import secateur.spec.Role;
import secateur.tensor.Select;

/** What is left of one model in another that was cut from it, found by the numbers that the original had. */
public final class Uncut {

  private Uncut() {}

  /** What is left of {@code block} of {@code whole} in {@code model}; empty where it was dropped, or the two have no weights in common. */
  public static Optional<Block> find(Llm whole, Block block, Llm model) {
    return !whole.akin(model) ? Optional.empty() : model.blocks().stream().filter(left -> left.number() == block.number()).findFirst();
  }

  /**
   * The weight that does {@code role} in {@code left}, in the shape that it has in {@code block}, of which that is left: with zeros
   * where heads, neurons or channels were cut.
   */
  public static NDArray weight(Block block, Block left, Role role) {
    NDArray whole = block.layer(role).weight();
    NDArray rows = places(block, left, role, true);
    NDArray columns = places(block, left, role, false);
    return Select.spread(left.layer(role).weight(), rows, columns, whole);
  }

  /** The outputs or inputs that are left of a layer. */
  private static NDArray places(Block block, Block left, Role role, boolean outputs) {
    int size = (int) (outputs ? block.layer(role).rows() : block.layer(role).columns());
    if (outputs == Groups.writes(role)) {
      return Select.places(Arrays.stream(positions(block.channels(), left.channels())).asLongStream().toArray());
    }
    return Stream.of(Part.values()).flatMap(part -> Groups.of(block, part).members().stream()
            .filter(member -> member.role() == role && member.outputs() == outputs)
            .map(member -> Groups.left(member, size, positions(block.numbers(part), left.numbers(part)))))
        .findFirst().orElseGet(() -> Select.places(LongStream.range(0, size).toArray()));
  }

  /** Where the numbers {@code left} are among {@code all}. */
  private static int[] positions(int[] all, int[] left) {
    return Arrays.stream(left).map(number -> Arrays.binarySearch(all, number)).toArray();
  }
}
